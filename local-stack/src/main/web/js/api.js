// What the page asks of the stack.

export async function getJson(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? `${path} answered ${response.status}`);
  }
}

export const sendMessage = (from, text, socketId) => post('messages', { from, text, socketId });
export const sendTyping = (from, typing) => post('typing', { from, typing });
export const nextOrderStatus = () => post('order/next', {});
