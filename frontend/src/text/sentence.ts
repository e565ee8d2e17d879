/**
 * The sentences of Go: they come as a key of its catalogue with what they are about, and
 * are written out here. `{{at|moment}}` is a time in one of the forms below.
 */
import texts from "../../../internal/sentence/en.json" with { type: "json" };
import { formatCount, formatDay, formatMoment } from "./format";
import { isolate } from "./isolate";

export interface Sentence {
  key: string;
  with: Record<string, Value>;
}

/** One field holds something. */
interface Value {
  /** One, or several with commas between them. */
  texts: string[];
  number?: number;
  /** RFC 3339 */
  time?: string;
  /** One, or several after each other. */
  sentences: Sentence[];
}

/** The text of each key; a key with `_one` and `_other` stands for the form of a count. */
export const sentences: Readonly<Record<string, string>> = texts;

const forms: Readonly<Record<string, (time: string) => string>> = {
  day: (time) => formatDay(time, Date.now()),
  moment: formatMoment,
};

/** Writes a sentence out. */
export function say({ key, with: values }: Sentence): string {
  const form = values["count"]?.number === 1 ? "one" : "other";
  const text = sentences[key] ?? sentences[`${key}_${form}`] ?? key;
  return text.replaceAll(/\{\{(\w+)(?:\|(\w+))?\}\}/g, (_, name: string, as: string = "") =>
    written(values[name], as),
  );
}

function written(value: Value | undefined, as: string): string {
  if (value?.number !== undefined && value.number !== null) return formatCount(value.number);
  if (value?.time) return forms[as]?.(value.time) ?? value.time;
  if (value?.sentences.length) return value.sentences.map(say).join(" ");
  return value?.texts.map(isolate).join(", ") ?? "";
}

/** Whether something is a sentence of the catalogue, in the form that Go sends. */
export function isSentence(value: unknown): value is Sentence {
  if (!isObject(value) || typeof value["key"] !== "string" || !isObject(value["with"])) return false;
  const { key } = value;
  return (
    ["", "_one", "_other"].some((form) => Object.hasOwn(sentences, key + form)) &&
    Object.values(value["with"]).every(isValue)
  );
}

function isValue(value: unknown): value is Value {
  if (!isObject(value)) return false;
  const { texts: all, sentences: others } = value;
  return (
    Array.isArray(all) &&
    all.every((text) => typeof text === "string") &&
    Array.isArray(others) &&
    others.every(isSentence)
  );
}

function isObject(value: unknown): value is Partial<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** A sentence as Go sends it. */
export function sentence(
  key: string,
  about: Readonly<Record<string, string | number | Date | Sentence>> = {},
): Sentence {
  return {
    key,
    with: Object.fromEntries(Object.entries(about).map(([name, value]) => [name, valueOf(value)])),
  };
}

function valueOf(value: string | number | Date | Sentence): Value {
  const none = { texts: [], sentences: [] };
  if (typeof value === "string") return { ...none, texts: [value] };
  if (typeof value === "number") return { ...none, number: value };
  return value instanceof Date ? { ...none, time: value.toISOString() } : { ...none, sentences: [value] };
}
