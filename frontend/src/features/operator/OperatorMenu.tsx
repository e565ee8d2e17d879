import { LogIn, ShieldAlert, ShieldCheck, UserRoundSearch } from "lucide-react";
import { formatClock, formatMoment } from "@/text/format";
import { t } from "@/text/i18n";
import { Avatar, initialsOf } from "@/ui/Avatar";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";
import { Menu, MenuItem, MenuSeparator } from "@/ui/Menu";
import { useWorkspace } from "@/workspace/workspace";
import { useVerified } from "./useVerified";

/** Shows the operator at the foot of the sidebar, whether they are verified, and the ways to change that. */
export function OperatorMenu() {
  const { operator, signIn, identifyAgain } = useWorkspace();
  const verified = useVerified(operator);
  if (operator.id === "") return null;

  const name = operator.name || operator.email || operator.id;
  const state = verified
    ? t("operator.verified", { time: formatClock(operator.verifiedAt) })
    : t("operator.unverified");
  return (
    <Menu
      className="w-66"
      trigger={
        <button
          type="button"
          aria-label={t("operator.menu", { name, state })}
          title={operator.email}
          className="-ml-1.5 flex min-w-0 items-center gap-2 rounded-md p-1.5 text-left hover:bg-hover @4xl:flex-1"
        >
          <span className="relative -mr-1.25 pr-1.25 @4xl:mr-0 @4xl:pr-0">
            <Avatar id={operator.id} initials={initialsOf(operator.name || operator.email)} />
            <span
              className={cx(
                "absolute right-0 -bottom-1 rounded-full bg-app p-px @4xl:hidden",
                verified ? "text-ok" : "text-warn",
              )}
            >
              <Icon icon={verified ? ShieldCheck : ShieldAlert} className="size-3" />
            </span>
          </span>
          <span className="hidden min-w-0 flex-1 @4xl:block">
            <bdi className="block truncate text-13/4 font-semibold">{name}</bdi>
            <span
              className={cx(
                "flex items-center gap-1 text-11 whitespace-nowrap",
                verified ? "text-ok" : "text-warn",
              )}
            >
              <Icon icon={verified ? ShieldCheck : ShieldAlert} className="size-3" />
              {state}
            </span>
          </span>
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <bdi className="block truncate font-semibold">
          {verified ? t("operator.signedInAs", { name }) : name}
        </bdi>
        <bdi className="block truncate text-12 text-ink-2 select-text">{operator.email}</bdi>
        <p className="mt-1 text-11 text-ink-2">
          {verified
            ? t("operator.verifiedAbout", {
                time: formatClock(operator.verifiedAt),
                until: formatMoment(operator.verifiedUntil),
              })
            : t("operator.unverifiedAbout")}
        </p>
      </div>
      <MenuSeparator />
      <MenuItem icon={LogIn} onSelect={signIn}>
        {t(verified ? "operator.signInAgain" : "operator.signIn")}
      </MenuItem>
      <MenuItem icon={UserRoundSearch} onSelect={identifyAgain}>
        {t("operator.chooseAgain")}
      </MenuItem>
    </Menu>
  );
}
