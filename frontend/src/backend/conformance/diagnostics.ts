import { refused, type Step, signal } from "./step";

export const diagnosticsSteps: readonly Step[] = [
  ["no report is saved before there is one", (backend) => backend.saveDiagnostics(), refused("internal")],
  [
    "a report has parts, each with a text",
    async (backend) => {
      const { parts, bytes } = await backend.diagnose(signal);
      const areGood = parts.every(({ name, text }) => name !== "" && text !== "");
      return { areGood, hasComputer: parts.some(({ name }) => name === "Computer"), hasBytes: bytes > 0 };
    },
    { areGood: true, hasComputer: true, hasBytes: true },
  ],
  ["a report is saved", async (backend) => (await backend.saveDiagnostics()) !== "", true],
];
