// What a format has to offer to be read.
import type { Architecture } from "../architecture";
import type { ByteSource } from "./source";

export interface Importer {
  /** As users call the format. */
  title: string;
  /** Whether a file that begins with these bytes (up to 4096) is of this format; decided by content, not name. */
  sniff(head: Uint8Array): boolean;
  /**
   * @param source borrowed; read by position, weights left where they are
   * @throws ImportError when the file is damaged or not what it seemed
   */
  read(source: ByteSource): Promise<Architecture>;
}
