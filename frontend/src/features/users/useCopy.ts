import { useState } from "react";
import { useBackend } from "@/backend/BackendProvider";
import { decodeProblem, type Problem } from "@/backend/problem";
import type { UserRow } from "@/backend/users";
import { t } from "@/text/i18n";
import { useToast } from "@/ui/Toast";

export interface Copy {
  readonly email: (user: UserRow) => void;
  readonly id: (user: UserRow) => void;
  /** Copies without a message; the promise says whether it worked. */
  readonly idQuietly: (user: UserRow) => Promise<void>;
  /** Why the last copy failed. */
  readonly problem: Problem | undefined;
  /** Tries the last copy again. */
  readonly again: () => void;
}

/** Puts what names a user on the clipboard, through Go. */
export function useCopy(): Copy {
  const backend = useBackend();
  const { show } = useToast();
  const [failed, setFailed] = useState<{ problem: Problem; text: string }>();

  const copy = async (text: string): Promise<void> => {
    setFailed(undefined);
    try {
      await backend.copyText(text);
    } catch (error) {
      setFailed({ problem: decodeProblem(error), text });
      throw error;
    }
  };
  const copyAndTell = (text: string, title: string): void => {
    copy(text).then(
      () => show({ title }),
      () => undefined, // said by problem
    );
  };

  return {
    email: (user) => copyAndTell(user.email, t("users.emailCopied")),
    id: (user) => copyAndTell(user.id, t("users.idCopied")),
    idQuietly: (user) => copy(user.id),
    problem: failed?.problem,
    again: () => failed && copyAndTell(failed.text, t("users.copied")),
  };
}
