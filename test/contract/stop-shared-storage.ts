// What Jest calls after the contract tests that share storage.
export { stopSharedStorage as default } from './shared-storage';
