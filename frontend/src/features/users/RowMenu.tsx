import { Menu as Base } from "@base-ui/react/menu";
import { useQuery } from "@tanstack/react-query";
import { AtSign, Copy, ExternalLink, PanelRight, VenetianMask } from "lucide-react";
import { useRef } from "react";
import { shortcutOf } from "@/actions/keys";
import { useBackend } from "@/backend/BackendProvider";
import type { UserRow } from "@/backend/users";
import { t } from "@/text/i18n";
import { MenuItem, MenuSeparator } from "@/ui/Menu";
import { rulesQuery } from "@/workspace/queries";
import { refusalOf } from "./person";

/**
 * The context menu of a row, at a point of the window. The chosen action runs after
 * onClose has given the focus back, so that it may take the focus elsewhere.
 */
export function RowMenu({
  at,
  user,
  onClose,
  onOpen,
  onImpersonate,
  onCopyEmail,
  onCopyID,
  onOpenInClerk,
}: {
  at: { x: number; y: number };
  user: UserRow;
  onClose: () => void;
  onOpen: () => void;
  onImpersonate: () => void;
  onCopyEmail: () => void;
  onCopyID: () => void;
  /** Undefined where Clerk's dashboard does not know the user. */
  onOpenInClerk: (() => void) | undefined;
}) {
  const rules = useQuery(rulesQuery(useBackend())).data;
  const chosen = useRef<() => void>(undefined);
  const choose = (act: () => void) => (): void => {
    chosen.current = act;
  };
  const close = (): void => {
    const act = chosen.current;
    chosen.current = undefined;
    onClose();
    act?.();
  };
  const anchor = { getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) };
  return (
    <Base.Root open modal={false} onOpenChange={(open) => (open ? undefined : close())}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} align="start" sideOffset={2} className="z-50">
          <Base.Popup
            finalFocus={false}
            className="min-w-50 rounded-lg bg-raised p-1.25 shadow-pop outline-none"
          >
            <MenuItem icon={PanelRight} shortcut="↵" onSelect={choose(onOpen)}>
              {t("users.openPanel")}
            </MenuItem>
            {refusalOf(user, rules) ? null : (
              <MenuItem
                icon={VenetianMask}
                shortcut={shortcutOf("impersonate")}
                onSelect={choose(onImpersonate)}
              >
                {t("users.impersonate")}
              </MenuItem>
            )}
            <MenuSeparator />
            {user.email === "" ? null : (
              <MenuItem icon={AtSign} shortcut={shortcutOf("copyEmail")} onSelect={choose(onCopyEmail)}>
                {t("users.copyEmail")}
              </MenuItem>
            )}
            <MenuItem icon={Copy} shortcut={shortcutOf("copyID")} onSelect={choose(onCopyID)}>
              {t("users.copyID")}
            </MenuItem>
            {onOpenInClerk ? (
              <MenuItem icon={ExternalLink} onSelect={choose(onOpenInClerk)}>
                {t("users.openInClerk")}
              </MenuItem>
            ) : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
