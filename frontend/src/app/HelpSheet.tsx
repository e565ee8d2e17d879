import { useState } from "react";
import { useAction } from "@/actions/ActionProvider";
import { shortcutOf } from "@/actions/keys";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Dialog, DialogTitle } from "@/ui/Dialog";
import { Kbd } from "@/ui/Kbd";

const keys = [
  "search",
  "palette",
  "impersonate",
  "copyEmail",
  "copyID",
  "refresh",
  "instance",
  "users",
  "live",
  "history",
  "settings",
  "lock",
  "zoomIn",
  "zoomOut",
  "zoomReset",
] as const;
const promises = ["promise1", "promise2", "promise3", "promise4"] as const;

/** The keys, and what the program promises: opened with the action "help". */
export function HelpSheet() {
  const [open, setOpen] = useState(false);
  useAction("help", () => setOpen(true));
  const close = () => setOpen(false);
  return (
    <Dialog
      open={open}
      onClose={close}
      wide
      foot={
        <Button className="ml-auto" onClick={close}>
          {t("close")}
        </Button>
      }
    >
      <DialogTitle>{t("help.title")}</DialogTitle>
      <h3 className="mt-4 mb-1.5 text-12 font-semibold">{t("help.promises")}</h3>
      <ul className="list-disc space-y-1 pl-4 text-12 text-ink-2">
        {promises.map((promise) => (
          <li key={promise}>{t(`help.${promise}`)}</li>
        ))}
      </ul>
      <h3 className="mt-4 mb-1.5 text-12 font-semibold">{t("help.keys")}</h3>
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5 text-12">
        {keys.map((action) => (
          <div key={action} className="contents">
            <dt className="text-ink-2">{t(`palette.${action === "palette" ? "label" : action}`)}</dt>
            <dd className="text-right">
              <Kbd>{shortcutOf(action)}</Kbd>
            </dd>
          </div>
        ))}
        <div className="contents">
          <dt className="text-ink-2">{t("help.instances")}</dt>
          <dd className="text-right">
            <Kbd>{`${shortcutOf("instance1")}…9`}</Kbd>
          </dd>
        </div>
        <div className="contents">
          <dt className="text-ink-2">{t("help.nextPane")}</dt>
          <dd className="text-right">
            <Kbd>{shortcutOf("nextPane")}</Kbd>
          </dd>
        </div>
      </dl>
    </Dialog>
  );
}
