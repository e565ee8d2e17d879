// The users screen on its own, for component tests.

import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { vi } from "vitest";
import { ActionProvider } from "@/actions/ActionProvider";
import { BackendProvider } from "@/backend/BackendProvider";
import { createMemoryBackend, type MemoryBackend, type MemoryOptions } from "@/backend/memory/memory";
import type { UserRow, UsersRequest } from "@/backend/users";
import { ProblemWayProvider } from "@/ui/problemWay";
import { ToastProvider } from "@/ui/Toast";
import { wayOn } from "@/workspace/ProblemWay";
import { createQueryClient } from "@/workspace/queryClient";
import { StatusSlot, StatusSlotProvider } from "@/workspace/statusSlot";
import { WorkspaceProvider } from "@/workspace/workspace";
import { UsersScreen } from "./UsersScreen";

const nothing = (): void => undefined;

export interface Shown {
  backend: MemoryBackend;
  user: UserEvent;
  /** The requests for pages so far. */
  asked: () => UsersRequest[];
  /** The users whom the screen asked to impersonate, oldest first. */
  impersonated: UserRow[];
  /** Tells of each as the screen asks for it. */
  onImpersonate: (hear: (chosen: UserRow) => void) => void;
}

/**
 * Shows the screen on an in-memory backend, prepared by the caller; opened tells
 * the id of the user that another section leads to.
 */
export async function renderUsers(
  options: MemoryOptions = {},
  prepare: (backend: MemoryBackend) => void = () => undefined,
  opened?: (backend: MemoryBackend) => string | undefined,
): Promise<Shown> {
  const backend = createMemoryBackend({ users: 2500, ...options });
  prepare(backend);
  const listUsers = vi.spyOn(backend, "listUsers");
  const [start, operator] = await Promise.all([backend.start(), backend.operator()]);
  const [instance] = start.instances;
  if (instance === undefined) throw new Error("the memory backend has no instance");
  const impersonated: UserRow[] = [];
  let hear: (chosen: UserRow) => void = nothing;
  const workspace = {
    start,
    instance,
    operator,
    navigate: nothing,
    showUsers: nothing,
    impersonate: (chosen: UserRow) => {
      impersonated.push(chosen);
      hear(chosen);
    },
    allow: () => undefined,
    connectAnother: nothing,
    switchTo: nothing,
    described: nothing,
    stay: nothing,
    askForKey: nothing,
    signIn: nothing,
    identifyAgain: nothing,
    askToForget: nothing,
  };
  const user = userEvent.setup();
  const openedUser = opened?.(backend);
  render(
    <BackendProvider backend={backend}>
      <ActionProvider>
        <QueryClientProvider client={createQueryClient()}>
          <ToastProvider>
            <WorkspaceProvider value={workspace}>
              <ProblemWayProvider value={wayOn}>
                <StatusSlotProvider>
                  <UsersScreen
                    opened={openedUser === undefined ? undefined : { id: openedUser }}
                    wanted={undefined}
                  />
                  <StatusSlot />
                </StatusSlotProvider>
              </ProblemWayProvider>
            </WorkspaceProvider>
          </ToastProvider>
        </QueryClientProvider>
      </ActionProvider>
    </BackendProvider>,
  );
  return {
    backend,
    user,
    impersonated,
    onImpersonate: (heard) => {
      hear = heard;
    },
    asked: () => listUsers.mock.calls.map(([request]) => request),
  };
}

/** The rows that the grid draws, by their names. */
export async function row(name: string | RegExp): Promise<HTMLElement> {
  const header = await screen.findByRole("rowheader", { name });
  const found = header.closest<HTMLElement>("[role=row]");
  if (found === null) throw new Error("a rowheader outside of a row");
  return found;
}

/** The row that assistive technology is told to be at. */
export function activeRow(): HTMLElement | null {
  return document.getElementById(screen.getByRole("grid").getAttribute("aria-activedescendant") ?? "");
}
