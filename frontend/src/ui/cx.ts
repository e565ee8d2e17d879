/**
 * Joins class names. A class that may be overridden from outside is written `base:…` (see
 * styles.css); src/testing/classes.ts checks that nothing else is set twice.
 */
export { clsx as cx } from "clsx";
