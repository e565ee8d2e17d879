import { type ComponentProps, useLayoutEffect, useRef } from "react";
import { t } from "@/text/i18n";
import { Button } from "./Button";

/** Stops what the operator waits for. It has the focus, and Esc does the same. */
export function CancelButton({
  onCancel,
  ...look
}: { onCancel: () => void } & Pick<ComponentProps<typeof Button>, "size" | "className">) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus(), []);
  return (
    <Button
      ref={button}
      shortcut="Esc"
      onClick={onCancel}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
      {...look}
    >
      {t("cancel")}
    </Button>
  );
}
