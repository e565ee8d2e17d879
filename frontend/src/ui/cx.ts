/**
 * Joins class names. What may be set otherwise from outside is written `base:…`
 * (see styles.css); that nothing else is set twice, src/testing/classes.ts checks.
 */
export { clsx as cx } from "clsx";
