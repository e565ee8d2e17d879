import { ChevronDown, Download, FileCheck, Sheet, Table2, Terminal } from "lucide-react";
import { formatCount } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Icon } from "@/ui/Icon";
import { Menu, MenuCheck, MenuItem, MenuSeparator } from "@/ui/Menu";
import type { HistoryExport } from "./useExport";

/** The ways out of the program: the whole chain with its proof, or a table of what is shown. */
export function ExportMenu({
  records,
  narrowed,
  exporting,
}: {
  /** Of the whole chain; undefined until it was verified. */
  records: number | undefined;
  /** Whether the list is. */
  narrowed: boolean;
  exporting: HistoryExport;
}) {
  if (exporting.busy) {
    return (
      <span className="flex items-center gap-2.5 text-12 text-ink-2">
        <span role="status">{t("history.exporting")}</span>
        <span
          role="progressbar"
          aria-label={t("history.export")}
          aria-valuenow={exporting.percent}
          className="h-1 w-20 overflow-hidden rounded-full bg-line-2"
        >
          <span className="block h-full bg-accent" style={{ width: `${exporting.percent}%` }} />
        </span>
        <span aria-hidden className="w-9 text-right tabular-nums">
          {t("history.percent", { percent: exporting.percent })}
        </span>
        <Button onClick={exporting.stop}>{t("history.stop")}</Button>
      </span>
    );
  }
  return (
    <Menu
      align="end"
      className="w-71"
      trigger={
        <Button icon={Download}>
          {t("history.export")}
          <Icon icon={ChevronDown} className="size-3.5 text-ink-2" />
        </Button>
      }
    >
      <MenuItem icon={FileCheck} onSelect={() => exporting.start("json")}>
        {t("history.exportJSON")}
        <span className="block text-11 text-ink-2">
          {records === undefined
            ? t("history.exportJSONAll")
            : t("history.exportJSONAbout", { records: formatCount(records) })}
        </span>
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Sheet} onSelect={() => exporting.start("csv")}>
        {t("history.exportCSV")}
        <span className="block text-11 text-ink-2">{t("history.exportCSVAbout")}</span>
      </MenuItem>
      <MenuItem icon={Table2} onSelect={() => exporting.start("impersonations")}>
        {t("history.exportImpersonations")}
        <span className="block text-11 text-ink-2">{t("history.exportImpersonationsAbout")}</span>
      </MenuItem>
      {narrowed ? (
        <MenuCheck checked={exporting.onlyMatching} onChange={exporting.setOnlyMatching}>
          {t("history.exportOnly")}
        </MenuCheck>
      ) : null}
      <MenuSeparator />
      <MenuItem icon={Terminal} onSelect={exporting.copyCommand}>
        {t("history.copyCommand")}
      </MenuItem>
    </Menu>
  );
}
