import { type Action, type Chord, chordsOf, instanceActions, isMac } from "@/actions/keys";
import { t } from "@/text/i18n";

/** A line of the help, with the keys that do the same thing. */
export interface KeyLine {
  readonly label: string;
  readonly chords: readonly Chord[];
  /** Whether they are the ends of a row of keys, all of which do it. */
  readonly range?: boolean;
}

export interface KeyGroup {
  readonly title: string;
  readonly lines: readonly KeyLine[];
}

const anywhere = [
  "search",
  "palette",
  "users",
  "live",
  "history",
  "settings",
  "instance",
  "endNewest",
  "copySummary",
  "nextPane",
  "refresh",
  "lock",
  "help",
  "zoomIn",
  "zoomOut",
  "zoomReset",
  "paste",
] as const satisfies readonly Action[];

const ofUser = ["impersonate", "copyEmail", "copyID"] as const satisfies readonly Action[];

function actionLine(action: (typeof anywhere | typeof ofUser)[number]): KeyLine {
  const chords = chordsOf(action);
  switch (action) {
    case "palette":
      return { label: t("palette.label"), chords };
    case "nextPane":
    case "paste":
      return { label: t(`help.${action}`), chords };
    default:
      return { label: t(`palette.${action}`), chords };
  }
}

function keyLine(
  name: "escape" | "row" | "page" | "open" | "preview" | "titles" | "column" | "sort",
  ...keys: string[]
): KeyLine {
  return { label: t(`help.${name}`), chords: keys.map((key) => ({ key })) };
}

function sideways(held: Omit<Chord, "key">): Chord[] {
  return [
    { key: "ArrowLeft", ...held },
    { key: "ArrowRight", ...held },
  ];
}

/**
 * Every key, by where it works. The keys of actions come from their table; a test holds
 * the keys of the users' grid against the grid.
 */
export function keyGroups(mac: boolean = isMac): KeyGroup[] {
  const macEnds = [
    { key: "ArrowUp", mod: true },
    { key: "ArrowDown", mod: true },
  ];
  return [
    {
      title: t("help.anywhere"),
      lines: [
        ...anywhere.map(actionLine),
        {
          label: t("help.instances"),
          chords: [...instanceActions.slice(0, 1), ...instanceActions.slice(-1)].flatMap(chordsOf),
          range: true,
        },
        keyLine("escape", "Escape"),
      ],
    },
    {
      title: t("help.user"),
      lines: [
        ...ofUser.map(actionLine),
        keyLine("row", "ArrowUp", "ArrowDown"),
        keyLine("page", "PageUp", "PageDown"),
        { label: t("help.end"), chords: [{ key: "Home" }, { key: "End" }, ...(mac ? macEnds : [])] },
        keyLine("open", "Enter"),
        keyLine("preview", " "),
        {
          label: t("help.menu"),
          chords: [{ key: "F10", shift: true }, ...(mac ? [] : [{ key: "ContextMenu" }])],
        },
        { label: t("help.type"), chords: [{ key: "a" }, { key: "z" }], range: true },
      ],
    },
    {
      title: t("help.columns"),
      lines: [
        keyLine("titles", "ArrowUp"),
        keyLine("column", "ArrowLeft", "ArrowRight"),
        keyLine("sort", "Enter"),
        { label: t("help.width"), chords: sideways({ shift: true }) },
        { label: t("help.order"), chords: sideways({ mod: true, shift: true }) },
      ],
    },
  ];
}
