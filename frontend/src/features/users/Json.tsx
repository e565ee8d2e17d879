import { t } from "@/text/i18n";

/** Metadata of one kind, as indented JSON; "" when there is none. */
export function Json({ title, json }: { title: string; json: string }) {
  return (
    <div className="mb-2">
      <h4 className="text-11 text-ink-2">{title}</h4>
      {json === "" ? (
        <p className="text-12 text-ink-3">{t("users.panel.noMetadata")}</p>
      ) : (
        <pre className="font-id break-all whitespace-pre-wrap select-text">{json}</pre>
      )}
    </div>
  );
}
