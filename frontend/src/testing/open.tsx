import type { QueryClient } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { App } from "@/app/App";
import { createMemoryBackend, type MemoryBackend, type MemoryOptions } from "@/backend/memory/memory";
import { createQueryClient } from "@/workspace/queryClient";

interface Shown {
  user: UserEvent;
  /** The queries of the window that belong to no instance. */
  queries: QueryClient;
}

/** Opens the whole window on an in-memory backend. */
export function openApp(options: MemoryOptions = {}): { backend: MemoryBackend } & Shown {
  const backend = createMemoryBackend({ users: 60, history: 12, ...options });
  return { backend, ...showApp(backend) };
}

/** Opens the window on a backend that was prepared before. */
export function showApp(backend: MemoryBackend): Shown {
  const [user, queries] = [userEvent.setup(), createQueryClient()];
  render(<App backend={backend} queries={queries} />);
  return { user, queries };
}
