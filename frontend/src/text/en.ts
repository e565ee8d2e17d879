/** Every sentence of the window, by screen. Plain, short, second person. */
import { allow } from "./en/allow";
import { app } from "./en/app";
import { connect } from "./en/connect";
import { diagnostics } from "./en/diagnostics";
import { history } from "./en/history";
import { impersonate } from "./en/impersonate";
import { live } from "./en/live";
import { lock } from "./en/lock";
import { operator } from "./en/operator";
import { settings } from "./en/settings";
import { users } from "./en/users";

export const en = {
  ...app,
  allow,
  connect,
  diagnostics,
  history,
  impersonate,
  live,
  lock,
  operator,
  settings,
  users,
} as const;
