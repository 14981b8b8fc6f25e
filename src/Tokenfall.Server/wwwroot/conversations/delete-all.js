import { byId } from '../dom.js';
import { showErrorToast, Toast } from '../toasts.js';
import { deleteAllConversations } from './api.js';

/** The button that deletes all conversations, and the question whether it should. @param {() => void} onDeleted */
export function startDeleteAll(onDeleted) {
  const dialog = byId('delete-all');
  byId('delete-all-open').addEventListener('click', () => {
    byId('sidebar-menu').hidePopover();
    dialog.showModal();
  });
  dialog.addEventListener('close', async () => {
    if (dialog.returnValue !== 'delete') return;
    dialog.returnValue = '';
    try {
      await deleteAllConversations();
      new Toast('All conversations were deleted.');
      onDeleted();
    } catch (error) {
      showErrorToast('The conversations could not be deleted.', error);
    }
  });
}
