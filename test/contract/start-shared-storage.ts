// What Jest calls before the contract tests that share storage.
export { startSharedStorage as default } from './shared-storage';
