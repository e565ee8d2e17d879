import { Component, type ReactNode } from "react";
import { decodeProblem } from "@/backend/problem";
import { t } from "@/text/i18n";
import { Button } from "@/ui/Button";
import { ProblemNotice } from "@/ui/ProblemNotice";

/**
 * Catches what breaks while the window is drawn, so that there is never an empty
 * window. Nothing is lost by drawing it anew: all that matters is kept by Go.
 */
export class CrashGuard extends Component<{ children: ReactNode }, { crash: unknown }> {
  override state = { crash: null };

  static getDerivedStateFromError(crash: unknown) {
    return { crash };
  }

  override render() {
    const { crash } = this.state;
    return crash === null ? (
      this.props.children
    ) : (
      <Crashed crash={crash} onAgain={() => this.setState({ crash: null })} />
    );
  }
}

function Crashed({ crash, onAgain }: { crash: unknown; onAgain: () => void }) {
  return (
    <main className="flex h-full">
      <ProblemNotice
        problem={decodeProblem(crash)}
        className="m-auto w-110"
        actions={<Button onClick={onAgain}>{t("drawAgain")}</Button>}
      />
    </main>
  );
}
