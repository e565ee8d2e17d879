import type { ConfirmProps, DialogProps } from "./dialogParts";
import { later } from "./later";
import { useWasOpen } from "./useWasOpen";

const DialogWindow = later(() => import("./dialogParts").then((parts) => parts.DialogWindow));
const ConfirmWindow = later(() => import("./dialogParts").then((parts) => parts.ConfirmWindow));

/**
 * A modal dialog. `banner` and `foot` stay where they are; the middle scrolls
 * when the window is low. Closing is asked for through `onClose`, which may
 * refuse by doing nothing.
 */
export function Dialog(props: DialogProps) {
  return useWasOpen(props.open) ? <DialogWindow {...props} /> : null;
}

/** The title of a {@link Dialog}: its accessible name. */
export const DialogTitle = later(() => import("./dialogParts").then((parts) => parts.DialogTitle));

/** Asks before something that cannot be taken back. Esc and the first button mean no. */
export function Confirm(props: ConfirmProps) {
  return useWasOpen(props.open) ? <ConfirmWindow {...props} /> : null;
}
