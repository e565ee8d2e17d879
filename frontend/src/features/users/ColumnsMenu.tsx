import { Columns3 } from "lucide-react";
import { t } from "@/text/i18n";
import { IconButton } from "@/ui/IconButton";
import { later } from "@/ui/later";
import { usePopup } from "@/ui/usePopup";
import type { Columns } from "./useColumns";

const ColumnsPopup = later(() => import("./ColumnsPopup").then((parts) => parts.ColumnsPopup));

/** Which columns the table has, and in which order. */
export function ColumnsMenu({ columns }: { columns: Columns }) {
  const popup = usePopup("dialog");
  return (
    <>
      <IconButton {...popup.given} icon={Columns3} label={t("users.columns.label")} />
      {popup.isDrawn ? <ColumnsPopup columns={columns} popup={popup} /> : null}
    </>
  );
}
