import { Building2, Fingerprint, LockKeyhole, LogIn, Wallet } from "lucide-react";
import type { UserDetail } from "@/backend/users";
import { t } from "@/text/i18n";
import { Tag } from "@/ui/Tag";
import { useNow } from "@/ui/useNow";
import { day, moment } from "./dates";
import { Section } from "./PanelSections";
import { Way } from "./Way";

/** How a user gets in, besides by a code to an address or a number. */
export function SignInMethods(detail: UserDetail) {
  const { accounts, passkeys, wallets, password } = detail;
  const now = useNow(60_000);
  const added = (at: string) => at && t("users.panel.added", { day: day(at, now) });
  const used = (at: string) => at && t("users.panel.used", { time: moment(at, now) });
  const count = accounts.length + passkeys.length + wallets.length + (password ? 1 : 0);
  return (
    <Section title={t("users.panel.methods")} aside={count}>
      <ul className="space-y-2.5">
        {accounts.map(({ name, email, enterprise, addedAt, usedAt }, i) => (
          <Way
            // oxlint-disable-next-line react/no-array-index-key -- two can be the same in all that is known
            key={i}
            icon={enterprise ? Building2 : LogIn}
            title={<bdi title={name}>{name || t("users.panel.unreadable")}</bdi>}
            line={[
              email && <bdi key="email">{email}</bdi>,
              enterprise && t("users.panel.enterprise"),
              added(addedAt),
              used(usedAt),
            ].filter((part) => part !== false)}
          />
        ))}
        {passkeys.map(({ name, usedAt }, i) => (
          <Way
            // oxlint-disable-next-line react/no-array-index-key -- names can be the same
            key={i}
            icon={Fingerprint}
            title={name === "" ? t("users.panel.passkey") : t("users.panel.passkeyNamed", { name })}
            line={[used(usedAt)]}
          />
        ))}
        {wallets.map(({ value, verified, primary, addedAt }) => (
          <Way
            key={value}
            icon={Wallet}
            title={
              <bdi title={value} className="font-id break-all whitespace-normal">
                {value}
              </bdi>
            }
            line={[
              t("users.panel.wallet"),
              primary && wallets.length > 1 ? t("users.panel.primary") : "",
              added(addedAt),
            ]}
            tag={verified ? null : <Tag tone="warn">{t("users.panel.notVerified")}</Tag>}
          />
        ))}
        <Way
          icon={LockKeyhole}
          title={t("users.panel.password")}
          line={[t(password ? "users.panel.set" : "users.panel.notSet"), secondStepOf(detail)]}
        />
      </ul>
    </Section>
  );
}

/** Names the second step of the user's sign-in. */
function secondStepOf({ twoFactor, totp, backupCodes }: UserDetail): string {
  const ways = [totp && t("users.panel.totp"), backupCodes && t("users.panel.backupCodes")].filter(Boolean);
  if (!twoFactor) return t("users.panel.noSecondStep");
  return ways.length > 0
    ? t("users.panel.secondStepBy", { ways: ways.join(", ") })
    : t("users.panel.secondStep");
}
