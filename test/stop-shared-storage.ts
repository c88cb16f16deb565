// What Jest calls after the tests that share storage.
export { stopSharedStorage as default } from './shared-storage';
