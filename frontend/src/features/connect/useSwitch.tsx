import { type ReactNode, useState } from "react";
import { environmentOf, type Instance } from "@/backend/instances";
import { t } from "@/text/i18n";
import { Confirm } from "@/ui/Dialog";

interface Wanted {
  instance: Instance;
  query: string | undefined;
}

/**
 * The way to another instance. Into a production one from another instance it asks
 * once a run: a key pressed by mistake must not be enough to act on real users.
 */
export function useSwitch(
  current: Instance | undefined,
  shown: Instance | undefined,
  onUse: (instance: Instance, query: string | undefined) => void,
): { switchTo: (instance: Instance, query?: string) => void; question: ReactNode } {
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<Wanted | null>(null);

  const switchTo = (instance: Instance, query?: string) => {
    if (instance.id === shown?.id) return;
    const known = current === undefined || current.id === instance.id || confirmed.includes(instance.id);
    if (known || environmentOf(instance) !== "production") onUse(instance, query);
    else setAsked({ instance, query });
  };
  const question = (
    <Confirm
      open={asked !== null}
      danger={false}
      title={t("instance.production.title", { name: asked?.instance.name ?? "" })}
      no={t("instance.production.no", { name: current?.name ?? "" })}
      yes={t("instance.production.yes")}
      onNo={() => setAsked(null)}
      onYes={() => {
        if (!asked) return;
        setConfirmed([...confirmed, asked.instance.id]);
        setAsked(null);
        onUse(asked.instance, asked.query);
      }}
    >
      {t("instance.production.about")}
    </Confirm>
  );
  return { switchTo, question };
}
