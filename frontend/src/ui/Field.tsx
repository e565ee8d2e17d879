import { type ReactNode, useId } from "react";

interface FieldIDs {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean;
}

/** A label, what it labels, and a line of help or of what is wrong below it. */
export function Field({
  label,
  help,
  error = "",
  mark,
  children,
}: {
  label: string;
  /** A word beside the label, such as that it may be left empty. */
  mark?: string | undefined;
  help?: ReactNode;
  error?: string;
  children: (ids: FieldIDs) => ReactNode;
}) {
  const id = useId();
  const below = error || help;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-12 font-semibold">
        {label}
        {mark ? " " : null}
        {mark ? <span className="ml-0.5 font-normal text-ink-3">{mark}</span> : null}
      </label>
      {children({ id, "aria-describedby": below ? `${id}-below` : undefined, "aria-invalid": error !== "" })}
      {below ? (
        <p
          id={`${id}-below`}
          role={error ? "alert" : undefined}
          className={`mt-1.5 text-11 ${error ? "text-danger" : "text-ink-3"}`}
        >
          {below}
        </p>
      ) : null}
    </div>
  );
}
