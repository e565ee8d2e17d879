import { everything } from "../history";
import { nobodyKnows, refused, type Step, signal } from "./step";

const stranger = "ins_2nobodyKnowsThisOne00000000";

export const instanceSteps: readonly Step[] = [
  [
    "the start knows no instance",
    async (backend) => {
      const { instances, selected, sample, locked, opened } = await backend.start();
      return { instances, selected, sample, locked, opened: Boolean(opened) };
    },
    { instances: [], selected: "", sample: false, locked: false, opened: false },
  ],
  ["nobody acts before an instance is connected", (backend) => backend.operator(), refused("not_connected")],
  ["nothing is locked", (backend) => backend.locked(), refused("not_connected")],
  [
    "the key on the clipboard finds no keychain",
    (backend) => backend.connectFromClipboard(signal),
    refused("keychain_absent"),
  ],
  [
    "the key in a file finds no keychain",
    (backend) => backend.connectFromFile(signal),
    refused("keychain_absent"),
  ],
  [
    "the key is kept in no new keyring",
    (backend) => backend.keepKeyInNewKeyring(signal),
    refused("keychain_absent"),
  ],
  [
    "the key is held in memory",
    async (backend, known) => {
      const { canceled, instance, operator } = await backend.holdKeyInMemory();
      known.instance = instance.id;
      return {
        canceled,
        environment: instance.environment,
        inMemory: instance.inMemory,
        operator: operator.id,
      };
    },
    { canceled: false, environment: "development", inMemory: true, operator: "" },
  ],
  [
    "an instance is selected by its id",
    async (backend, { instance }) => {
      const connection = await backend.selectInstance(instance, signal);
      return connection.instance.id === instance;
    },
    true,
  ],
  [
    "an unknown instance is not selected",
    (backend) => backend.selectInstance(stranger, signal),
    refused("instance_unknown"),
  ],
  [
    "an instance gets a name and a color",
    async (backend, { instance }) => {
      const all = await backend.describeInstance(instance, "Support", "teal");
      return all.map(({ name, color }) => ({ name, color }));
    },
    [{ name: "Support", color: "teal" }],
  ],
  [
    "an unknown instance gets no name and no color",
    (backend) => backend.describeInstance(stranger, "Support", "teal"),
    refused("instance_unknown"),
  ],
  [
    "an instance moves no further than the list goes",
    (backend, { instance }) => backend.moveInstance(instance, 3),
    refused("instance_unknown"),
  ],
  [
    "an unknown instance is not moved",
    (backend) => backend.moveInstance(stranger, 1),
    refused("instance_unknown"),
  ],
  [
    "all instances are listed",
    async (backend) => (await backend.listInstances()).map(({ name }) => name),
    ["Support"],
  ],
  [
    "an unknown instance gets no other key",
    (backend) => backend.replaceKey(stranger, signal),
    refused("instance_unknown"),
  ],
  [
    "the instance signs in where it did",
    async (backend) => (await backend.checkAddress(signal)).changed,
    false,
  ],
  [
    "an address that the operator was not shown is not trusted",
    (backend) => backend.trustAddress(["https://clerk.elsewhere.example"], signal),
    refused("instance_host_changed"),
  ],
  [
    "a key is replaced",
    async (backend, { instance }) => (await backend.replaceKey(instance, signal)).id === instance,
    true,
  ],
  ["somebody uses the window", (backend) => backend.reportUse(), null],
  ["text is copied", (backend) => backend.copyText("understudy audit verify"), null],
  ["the journal has lines", async (backend) => Array.isArray(await backend.journalOf("nobody")), true],
];

export const leavingSteps: readonly Step[] = [
  ["the window stays open", (backend) => backend.stayOpen(), null],
  ["Understudy is locked", (backend) => backend.lock(), null],
  [
    "the instance that was locked is told",
    async (backend, { instance }) => {
      const locked = await backend.locked();
      return { same: locked.instance.id === instance, running: locked.running.length };
    },
    { same: true, running: 0 },
  ],
  [
    "no user is read while it is locked",
    (backend) => backend.getUser(nobodyKnows, false, signal),
    refused("locked"),
  ],
  [
    "no history is read while it is locked",
    (backend) => backend.listHistory({ filter: everything, cursor: "", limit: 1 }, signal),
    refused("locked"),
  ],
  ["no live impersonation is read while it is locked", (backend) => backend.listLive(), refused("locked")],
  [
    "calls that need no key are answered while it is locked",
    async (backend) => {
      const answers = await Promise.all([
        backend.listInstances(),
        backend.listBrowsers(),
        backend.getSettings(),
        backend.journalOf("nobody"),
        backend.diagnose(signal),
        backend.saveDiagnostics(),
      ]);
      return answers.length;
    },
    6,
  ],
  [
    "a key that was held in memory is gone then",
    (backend, { instance }) => backend.selectInstance(instance, signal),
    refused("instance_unknown"),
  ],
  [
    "the sample workspace needs no key",
    async (backend) => {
      const { canceled, instance } = await backend.connectSample(signal);
      return { canceled, id: instance.id, environment: instance.environment, keyHint: instance.keyHint };
    },
    { canceled: false, id: "sample", environment: "sample", keyHint: "sk_test_…0000" },
  ],
  ["an unknown instance is forgotten already", (backend) => backend.disconnect(stranger), null],
  ["an instance is forgotten", async (backend, { instance }) => backend.disconnect(instance), null],
  ["the window is closed", (backend) => backend.quit(true), { ended: 0, failed: 0 }],
];
