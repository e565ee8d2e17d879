/** The lock. */
export const lock = {
  title: "Understudy is locked",
  about:
    "Unlock it to see the users of {{name}} again. The key is read from your keychain, which asks for its password only if it is locked itself.",
  aboutSample: "Unlock it to go on in the sample workspace.",
  aboutMemory:
    "The key of {{name}}, {{key}}, was not saved, and Understudy has let go of it. Copy it in Clerk, under API keys, and paste it to go on.",
  unlock: "Unlock",
  lock: "Lock",
  now: "Lock now",
  running: "Still running",
  runningAbout: "They end when their time is up. Unlock to end them before.",
  losing_one: "Lock, and lose a key?",
  losing_other: "Lock, and lose {{count}} keys?",
  losingAbout: "Your keychain does not have the key of {{names}}. You paste it again to unlock.",
} as const;
