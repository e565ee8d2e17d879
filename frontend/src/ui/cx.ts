import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({
  extend: { theme: { text: ["11", "12", "13", "15", "20"], shadow: ["1", "2", "pop"] } },
});

/** Joins class names; of two that set the same thing the later one wins. */
export function cx(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
