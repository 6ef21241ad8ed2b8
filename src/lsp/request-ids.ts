import { Message } from "./protocol.js";

type Id = number | string;

/**
 * Numbers the requests that wait for an answer. The package that handles them takes two with one id,
 * also `1` and `"1"`, for the same, and answers only one of them.
 */
export class RequestIds {
  private count = 0;
  /** The client's ids, by our numbers. */
  private readonly waiting = new Map<number, Id>();

  /** What is handled of a message that has come; absent where it cancels a request that does not wait. */
  received(message: Message): Message | undefined {
    if (Message.isRequest(message)) {
      const number = this.count++;
      this.waiting.set(number, message.id!);
      return { ...message, id: number } as Message;
    }
    if (!Message.isNotification(message) || message.method !== "$/cancelRequest") {
      return message;
    }
    const params = message.params as { readonly id?: unknown } | null | undefined;
    const cancelled = this.numberOf(params?.id);
    return cancelled === undefined
      ? undefined
      : ({ ...message, params: { id: cancelled } } as Message);
  }

  /** What is written of a message: an answer has the id of its request, which waits no more. */
  sent(message: Message): Message {
    if (!Message.isResponse(message) || typeof message.id !== "number") {
      return message;
    }
    const id = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    return { ...message, id } as Message;
  }

  private numberOf(id: unknown): number | undefined {
    for (const [number, other] of this.waiting) {
      if (other === id) return number;
    }
    return undefined;
  }
}
