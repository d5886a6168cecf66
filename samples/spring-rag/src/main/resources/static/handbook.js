const element = id => document.getElementById(id);
let requestId;

element('ask').addEventListener('submit', submitted => {
  submitted.preventDefault();
  element('answer').textContent = '';
  element('sources').textContent = '';
  element('thanks').textContent = '';
  element('feedback').hidden = true;
  const query = new URLSearchParams(new FormData(submitted.target));
  const events = new EventSource('ask?' + query);
  const on = (name, show) => events.addEventListener(name, event => show(JSON.parse(event.data)));
  on('sources', files => element('sources').textContent = 'From ' + files.join(', '));
  on('token', token => element('answer').textContent += token.text);
  on('refused', refusal => {
    element('answer').textContent = refusal.reason;
    events.close();
  });
  on('done', end => {
    requestId = end.requestId;
    element('feedback').hidden = false;
    events.close();
  });
  events.onerror = () => {
    element('answer').textContent += ' (the answer was cut short)';
    events.close();
  };
});

element('feedback').addEventListener('click', async clicked => {
  const helpful = clicked.target.dataset.helpful;
  if (helpful === undefined) {
    return;
  }
  const response = await fetch('feedback', {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({requestId, helpful: helpful === 'true'}),
  });
  element('thanks').textContent = response.ok ? 'Thank you.' : 'This answer is not known any more.';
});
