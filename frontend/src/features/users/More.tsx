import { useState } from "react";
import { formatCount } from "@/text/format";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";

/** How many more each press shows: thousands at once would hold the window up. */
const step = 100;

/** The first of many, and a button for those that follow, undefined if there are none. */
export function useMore<T>(all: readonly T[], first: number) {
  const [asked, setAsked] = useState(0);
  const shown = all.slice(0, first + asked);
  const left = all.length - shown.length;
  const more =
    left > 0 ? (
      <Button variant="link" size="inline" className="mt-1.5" onClick={() => setAsked(asked + step)}>
        {t("users.panel.more", { count: left, shown: formatCount(left) })}
      </Button>
    ) : undefined;
  return { shown, more };
}
