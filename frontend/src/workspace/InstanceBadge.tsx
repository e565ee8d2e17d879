import { FlaskConical, Globe, type LucideIcon, Shapes } from "lucide-react";
import { type Environment, environmentOf, type Instance } from "@/backend/instances";
import { t } from "@/text/i18n";
import { cx } from "@/ui/cx";
import { Icon } from "@/ui/Icon";

const icons: Record<Environment, LucideIcon> = {
  production: Globe,
  development: FlaskConical,
  sample: Shapes,
};

/** The first letter of an instance's name on its own colour, else on that of its environment. */
export function InstanceLetter({ instance, className }: { instance: Instance; className?: string }) {
  return (
    <span
      aria-hidden
      data-env={environmentOf(instance)}
      data-color={instance.color}
      className={cx(
        "inline-flex base:size-7.5 shrink-0 items-center justify-center base:rounded-md bg-env base:text-15 font-bold text-on-env",
        className,
      )}
    >
      {Array.from(instance.name)[0]?.toLocaleUpperCase("en")}
    </span>
  );
}

/** The environment in words: with its icon in full, else in as few as stand beside a name. */
export function EnvironmentName({ instance, withIcon }: { instance: Instance; withIcon?: boolean }) {
  const environment = environmentOf(instance);
  return (
    <>
      {withIcon ? <Icon icon={icons[environment]} className="size-3.5" /> : null}
      {t(`${withIcon ? "environment" : "environmentShort"}.${environment}`)}
    </>
  );
}
