(function () {
'use strict';
var root = document.documentElement;
var all = function (where, what) { return Array.prototype.slice.call(where.querySelectorAll(what)); };
var one = function (where, what) { return where.querySelector(what); };
var sections = all(document, 'section');
var answers = {};
var sure = ['a guess', 'fairly sure', 'certain'];
root.className = 'live';

function say(section, words) { one(section, '.result').textContent = words; }

/* Everything up to the first open question is shown. */
function show() {
  var open = true;
  sections.forEach(function (section) {
    section.hidden = !open;
    if (section.dataset.asks) { open = open ? section.id in answers : false; }
  });
  var asked = sections.filter(function (section) { return section.dataset.asks; });
  var done = asked.filter(function (section) { return section.id in answers; });
  one(document, '#progress').textContent = done.length + ' of ' + asked.length + ' questions answered.';
  score();
}

function unfold(section) {
  all(section, 'details.answer').forEach(function (told) { told.open = true; told.hidden = false; });
}

/* Ends a question: right is true, false, or null if it is not judged. */
function close(section, right, confidence, words) {
  answers[section.id] = { right: right, sure: confidence };
  section.classList.add('done');
  all(section, 'fieldset').forEach(function (set) { set.disabled = true; });
  all(section, 'input[type=text], textarea').forEach(function (field) { field.readOnly = true; });
  all(section, '.act button').forEach(function (button) { button.setAttribute('aria-disabled', 'true'); });
  unfold(section);
  say(section, words);
  sections.filter(function (other) { return other.dataset.answers === section.id; })
    .forEach(function (other) {
      all(other, '[data-if]').forEach(function (text) {
        text.hidden = text.dataset.if !== String(right);
      });
    });
  show();
}

function checked(section, name) { return one(section, 'input[name="' + name + '"]:checked'); }

function predict(section) {
  var choice = checked(section, section.id);
  var asksSure = one(section, 'input[name="' + section.id + '-sure"]');
  var how = checked(section, section.id + '-sure');
  if (!choice) { return say(section, 'Choose an answer first.'); }
  if (asksSure ? !how : false) { return say(section, 'Say how sure you are first.'); }
  var so = section.dataset.right || '';
  var right = so ? choice.value === so : null;
  var level = how ? Number(how.value) : 0;
  var told = 'You predicted ' + choice.value + (level ? ' (' + sure[level - 1] + ')' : '') + ': ';
  told += right === null ? 'the measurement leaves open whether that is right.'
    : right ? 'right.' : 'not right. On these draws, ' + so + ' is true.';
  choice.parentNode.classList.add('own');
  if (so) { one(section, 'input[value="' + so + '"]').parentNode.classList.add('true'); }
  close(section, right, level, told);
}

/* A typed number, judged by the interval that was measured. */
function typed(section) {
  var text = one(section, 'input[type=text]').value.trim();
  var value = Number(text.replace(',', '.').replace('\u2212', '-').replace('\u00b0', ''));
  if (text === '' ? true : !isFinite(value)) { return say(section, 'Type a number first.'); }
  if (!section.dataset.low) {
    return close(section, null, 0, 'Compare your value with what was measured.');
  }
  if (Number(section.dataset.low) > value) {
    return say(section, 'Not right: go on to larger values.');
  }
  if (value > Number(section.dataset.high)) {
    return say(section, 'Not right: go on to smaller values.');
  }
  close(section, true, 0, 'Right.');
}

/* The point of the slider, judged by what was measured there. */
function turned(section) {
  var rows = all(section, 'tbody tr');
  var at = Number(one(section, 'input[type=range]').value);
  var holds = rows[at].dataset.holds;
  if (holds === 'yes') { return close(section, true, 0, 'Right.'); }
  if (holds !== 'no') { return say(section, 'The measurement leaves it open: turn further.'); }
  var best = null;
  rows.forEach(function (row, i) {
    if (row.dataset.holds !== 'yes') { return; }
    if (best === null ? true : Math.abs(best - at) > Math.abs(i - at)) { best = i; }
  });
  var further = best === null ? 'turn further' : best > at ? 'go on to larger values' : 'go on to smaller values';
  say(section, 'Not right: ' + further + '.');
}

function write(section) {
  if (one(section, 'textarea').value.trim() === '') { return say(section, 'Write your answer first.'); }
  close(section, null, 0, 'Compare your answer with the one below.');
}

var judges = { predict: predict, typed: typed, turned: turned, write: write };

/* The slider moves through the rows of the table of measured points. */
function slide(bench) {
  var slider = one(bench, 'input[type=range]');
  var rows = all(bench, 'tbody tr');
  var mark = one(bench, 'g.mark');
  var move = function () {
    var row = rows[Number(slider.value)];
    var cells = all(row, 'th, td').map(function (cell) { return cell.textContent; });
    slider.setAttribute('aria-valuetext', cells[0]);
    one(bench, 'output').textContent =
      cells[0] + ': gain ' + cells[1] + ', ' + cells[2] + ', n = ' + cells[3];
    rows.forEach(function (other) { other.className = other === row ? 'here' : ''; });
    var at = (row.dataset.at || '').split(' ');
    mark.setAttribute('visibility', at.length === 2 ? 'visible' : 'hidden');
    if (at.length !== 2) { return; }
    one(mark, 'line').setAttribute('x1', at[0]);
    one(mark, 'line').setAttribute('x2', at[0]);
    one(mark, 'circle').setAttribute('cx', at[0]);
    one(mark, 'circle').setAttribute('cy', at[1]);
  };
  slider.addEventListener('input', move);
  move();
}

function line(list, words) {
  var item = document.createElement('li');
  item.textContent = words;
  list.appendChild(item);
}

/* The end: how many were right, by confidence too, and what was found. */
function score() {
  var list = one(document, '#score ul');
  list.textContent = '';
  var judged = sections.filter(function (section) {
    return section.id in answers ? answers[section.id].right !== null : false;
  });
  var right = function (some) {
    var count = some.filter(function (section) { return answers[section.id].right; }).length;
    return count + ' of ' + some.length + ' right';
  };
  line(list, 'Answers: ' + right(judged) + '.');
  sure.forEach(function (name, i) {
    var own = judged.filter(function (section) { return answers[section.id].sure === i + 1; });
    if (own.length) { line(list, 'Predictions you called ' + name + ': ' + right(own) + '.'); }
  });
  sections.forEach(function (section) {
    if (!(section.id in answers) || !section.dataset.found) { return; }
    var so = answers[section.id].right;
    var own = so === null ? 'not judged' : so ? 'right' : 'not right';
    line(list, 'Step ' + section.id.slice(5) + ', ' + own + ': ' + section.dataset.found);
  });
}

all(document, '.act').forEach(function (part) { part.hidden = false; });
all(document, 'details.told, details.answer, details.bench').forEach(function (fold) { fold.open = true; });
sections.forEach(function (section) {
  if (!section.dataset.asks) { return; }
  all(section, 'details.answer').forEach(function (told) { told.hidden = true; });
  all(section, '.paper').forEach(function (part) { part.hidden = true; });
  var act = function (button, perform) {
    button.addEventListener('click', function () {
      if (!(section.id in answers)) { perform(section); }
    });
  };
  act(one(section, 'button.commit'), judges[section.dataset.asks]);
  var skip = one(section, 'button.skip');
  if (skip) { act(skip, function () { close(section, null, 0, 'Not answered.'); }); }
});
all(document, '.points').forEach(function (bench) {
  if (one(bench, 'input[type=range]')) { slide(bench); }
});
show();
}());
