// Claims about networks: their canonical words, and whether they hold.
export * from "./claim";
