import { useSettings } from "./settings";

const heights: Readonly<Record<string, number>> = { compact: 28, normal: 32, relaxed: 40 };
const header = 30;

/** The heights of a row and of the header in pixels, by density and zoom. */
export function useRowHeight(): { row: number; header: number } {
  const settings = useSettings().data;
  const scale = (settings?.zoom ?? 100) / 100;
  return { row: (heights[settings?.density ?? ""] ?? 32) * scale, header: header * scale };
}
