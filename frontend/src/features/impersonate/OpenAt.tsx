import { t } from "@/text/i18n";
import { Field } from "@/ui/Field";
import { pathOf } from "./landing";
import type { Reasons } from "./useReasons";

const frame =
  "flex items-baseline rounded-md border border-line-2 bg-surface px-2.5 py-1.75 font-id focus-within:border-accent focus-within:ring-2 focus-within:ring-sel has-aria-invalid:border-danger";

/** The path of the app to land on. An address of the app that is pasted is cut to it. */
export function OpenAt({ reasons, domains }: { reasons: Reasons; domains: readonly string[] }) {
  const [app] = domains.length === 1 ? domains : [];
  const cut = (text: string) => {
    const taken = pathOf(text, domains);
    reasons.type("land", "path" in taken ? taken.path : text);
    if ("wrong" in taken) reasons.complain("land", wordsFor(taken.wrong, domains));
  };
  return (
    <Field
      label={t("impersonate.openAt")}
      mark={t("impersonate.optional")}
      help={t("impersonate.openAtHelp")}
      error={reasons.wrong("land")}
    >
      {(ids) => (
        <div className={frame}>
          {app ? <span className="shrink-0 text-ink-2">{app}</span> : null}
          <textarea
            {...ids}
            ref={reasons.refs.land}
            rows={1}
            maxLength={2048}
            spellCheck={false}
            className="min-w-0 flex-1 resize-none overflow-hidden bg-transparent whitespace-pre outline-none select-text"
            value={reasons.texts.land}
            onChange={(event) => reasons.type("land", event.target.value.replace(/[\r\n]+/g, ""))}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData("text").trim();
              if (!/^https?:/i.test(pasted)) return;
              event.preventDefault();
              cut(pasted);
            }}
          />
        </div>
      )}
    </Field>
  );
}

export function wordsFor(wrong: "start" | "host", domains: readonly string[]): string {
  return wrong === "host" ? t("impersonate.openAtHost", { app: domains }) : t("impersonate.openAtStart");
}
