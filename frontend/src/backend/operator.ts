/** The operator, and how they sign in with Clerk. */
import type { bridge } from "../../wailsjs/go/models";

export type Operator = bridge.Operator;
export type SignIn = bridge.SignIn;
export type SignedIn = bridge.SignedIn;

/** Acts before anybody said who they are. */
export const nobody: Operator = {
  id: "",
  name: "",
  email: "",
  outside: false,
  verified: false,
  verifiedAt: "",
  verifiedUntil: "",
};
