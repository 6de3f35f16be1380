// What a result looks like to Jupyter: one value in several MIME types, of which the front end picks the richest.

/**
 * The content of `display_data` and `execute_result`.
 *
 * @see https://jupyter-client.readthedocs.io/en/stable/messaging.html#display-data
 */
export interface MimeBundle {
  /** MIME type to content: text as a string, binary images as base64, `+json` types as an object. */
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** A value that has this method shows itself: it returns MIME type to content, or a promise of that (Deno's convention). */
export const jupyterDisplay = Symbol.for("Jupyter.display");

export interface Displayable {
  [jupyterDisplay](): Record<string, unknown> | Promise<Record<string, unknown>>;
}
