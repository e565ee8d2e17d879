import { Fragment, useRef, useState } from "react";
import { useAction } from "@/actions/ActionProvider";
import { inWords } from "@/actions/inWords";
import { written } from "@/actions/keys";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Dialog, DialogTitle } from "@/ui/Dialog";
import { Kbd } from "@/ui/Kbd";
import { type KeyGroup, type KeyLine, keyGroups } from "./helpKeys";

const promises = ["promise1", "promise2", "promise3", "promise4"] as const;

/** The keys, and what the program promises: opened with the action "help". */
export function HelpSheet() {
  const [open, setOpen] = useState(false);
  const start = useRef<HTMLDivElement>(null);
  useAction("help", () => setOpen(true));
  const close = () => setOpen(false);
  return (
    <Dialog
      open={open}
      onClose={close}
      widest
      initialFocus={start}
      foot={
        <Button className="ml-auto" onClick={close}>
          {t("close")}
        </Button>
      }
    >
      <div
        ref={start}
        role="document"
        aria-label={t("help.title")}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that keys scroll what a low window cuts off
        tabIndex={0}
        className="-m-5 p-5 -outline-offset-2"
      >
        <DialogTitle>{t("help.title")}</DialogTitle>
        <h3 className="mt-3 mb-1.5 text-12 font-semibold">{t("help.promises")}</h3>
        <ul className="list-disc space-y-1 pl-4 text-12 text-ink-2">
          {promises.map((promise) => (
            <li key={promise}>{t(`help.${promise}`)}</li>
          ))}
        </ul>
        <div className="columns-3xs gap-x-8">
          {keyGroups().map((group) => (
            <Group key={group.title} {...group} />
          ))}
        </div>
      </div>
    </Dialog>
  );
}

function Group({ title, lines }: KeyGroup) {
  return (
    <section className="break-inside-avoid pt-3.5">
      <h3 className="mb-1.5 text-12 font-semibold">{title}</h3>
      <dl className="space-y-1 text-12">
        {lines.map((line) => (
          <div key={line.label} className="flex items-baseline justify-between gap-4">
            <dt className="text-ink-2">{line.label}</dt>
            <dd className="flex justify-end gap-1 whitespace-nowrap">
              <Keys {...line} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Keys({ chords, range = false }: KeyLine) {
  return chords.map((chord, index) => (
    <Fragment key={written(chord)}>
      {index === 0 ? null : (
        <>
          {range ? <span aria-hidden>…</span> : null}
          <span className="sr-only">{t(range ? "keys.to" : "keys.and")}</span>
        </>
      )}
      <Kbd words={inWords(chord)}>{written(chord)}</Kbd>
    </Fragment>
  ));
}
