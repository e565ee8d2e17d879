/** The connected instances, and how the window starts. */
import type { bridge } from "../../wailsjs/go/models";

export type Start = bridge.Start;
export type Instance = bridge.Instance;
export type Connection = bridge.Connection;
export type Locked = bridge.Locked;
export type AddressCheck = bridge.AddressCheck;

const environments = ["production", "development", "sample"] as const;
export type Environment = (typeof environments)[number];

/** An environment that this version does not know is treated with the most care. */
export function environmentOf(instance: Instance): Environment {
  return environments.find((known) => known === instance.environment) ?? "production";
}
