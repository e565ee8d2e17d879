import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { Countdown } from "@/ui/Countdown";
import { CopyDetails } from "@/ui/ProblemNotice";
import { OpenIn } from "./OpenIn";
import type { Seen } from "./phase";
import { useStarted } from "./started";
import { copyLink, useUnoffered, useWays } from "./ways";

/** The ways to hand over a link that was not opened, the one that failed after the other browsers. */
function useOthers({ way }: Seen) {
  const ways = useWays();
  const failed = ways.filter(({ id }) => id === way && id !== copyLink);
  const others = ways.filter(({ id }) => id !== way && id !== copyLink);
  return [
    ...others,
    ...failed.map((one) => ({ ...one, effect: t("impersonate.onceMore") })),
    ...ways.filter(({ id }) => id === copyLink),
  ];
}

/** In the message: why it was not opened, and where else it can be. */
export function NotOpened({
  seen,
  chosen,
  onChoose,
}: {
  seen: Seen;
  chosen: string;
  onChoose: (way: string) => void;
}) {
  const others = useOthers(seen);
  const unoffered = useUnoffered();
  return (
    <>
      {typeof seen.outcome === "object" ? <p role="alert">{seen.outcome.message}</p> : null}
      <p>
        {t("impersonate.notSignedIn")} <Countdown until={seen.item.linkExpiresAt} />{" "}
        {t("impersonate.linkMore")}
      </p>
      <div className="mt-2.5 -mr-7 -ml-6 text-ink">
        <OpenIn
          label={t("impersonate.openItIn")}
          ways={others}
          barriers={unoffered}
          value={others.find(({ id }) => id === chosen)?.id ?? others[0]?.id ?? ""}
          onChange={onChoose}
        />
      </div>
    </>
  );
}

/** At the foot of it: does what is chosen. */
export function OpenChosen({ seen, chosen }: { seen: Seen; chosen: string }) {
  const { open } = useStarted();
  const others = useOthers(seen);
  const way = others.find(({ id }) => id === chosen) ?? others[0];
  if (!way) return null;
  return (
    <>
      {typeof seen.outcome === "object" ? (
        <CopyDetails problem={seen.outcome} happened={seen.at} compact />
      ) : null}
      <Button variant="primary" className="ml-auto" onClick={() => open(seen, way.id)}>
        {way.id === copyLink
          ? t("impersonate.copyLink")
          : way.id === seen.way
            ? t("impersonate.again")
            : t("impersonate.openWith", { browser: way.name })}
      </Button>
    </>
  );
}
