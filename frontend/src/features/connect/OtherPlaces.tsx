import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { type ConnectionFlow, mayHoldInMemory } from "./useConnection";

/** Where a key can go that the keychain did not take. */
export function OtherPlaces({ flow }: { flow: ConnectionFlow }) {
  const { failed } = flow;
  if (!failed) return null;
  const mayHold = mayHoldInMemory(failed);
  // Also after the question for the password was dismissed: the key still waits.
  const mayCreate =
    failed.attempt.by === "keyring" || (mayHold && failed.problem.code === "keychain_no_keyring");
  return (
    <>
      {mayCreate ? (
        <Button onClick={() => flow.connect({ by: "keyring" })}>{t("connect.createKeyring")}</Button>
      ) : null}
      {mayHold ? (
        <Button onClick={() => flow.connect({ by: "memory" })}>{t("connect.holdInMemory")}</Button>
      ) : null}
    </>
  );
}
