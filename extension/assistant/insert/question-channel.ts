/** Where a panel and the window in which it asks find each other; `id` is new for each question, and only those two know it. */
export const questionChannel = (id: string): BroadcastChannel => new BroadcastChannel(`insert-question ${id}`)
