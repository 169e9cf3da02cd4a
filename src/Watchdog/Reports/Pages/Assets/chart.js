// Draws a case's curves anew where scripts run: one cursor over all of them, values under it, a gap hatched and crossed by no line.
(() => {
  'use strict';
  const source = document.getElementById('curves');
  if (!source || !window.uPlot) return;
  const data = JSON.parse(source.textContent);
  const figures = [...document.querySelectorAll('figure[data-curves]')];
  const amounts = { '%': v => `${Math.round(v * 10) / 10} %`, ops: v => `${Math.round(v).toLocaleString('en')} ops`, credits: v => `${Math.round(v * 10) / 10}`, B: v => {
    for (const [size, name] of [[1e9, 'GB'], [1e6, 'MB'], [1e3, 'kB']]) if (v >= size) return `${Math.round(v / size * 10) / 10} ${name}`;
    return `${Math.round(v)} B`;
  } };
  const names = { cpu: 'CPU', in: 'in', out: 'out', disk: 'operations', credits: 'credits' };
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  let plots = [];

  const hatch = () => {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 8;
    const pen = tile.getContext('2d');
    pen.strokeStyle = colour('--hatch');
    pen.beginPath(); pen.moveTo(0, 8); pen.lineTo(8, 0); pen.stroke();
    return tile;
  };

  const ground = (figure, keys) => plot => {
    const { ctx, bbox } = plot;
    ctx.save();
    if (figure.dataset.unit === '%' && data.band) {
      const high = plot.valToPos(data.band.high, 'y', true), low = plot.valToPos(data.band.low, 'y', true);
      ctx.fillStyle = colour('--calm-ground');
      ctx.fillRect(bbox.left, high, bbox.width, low - high);
    }
    const series = keys.map(key => data.series[key]).filter(values => values.length);
    ctx.fillStyle = ctx.createPattern(hatch(), 'repeat');
    const count = series[0]?.length ?? 0;
    for (let i = 0, from = -1; i <= count; i++) {
      const absent = i < count && series.every(values => values[i] === null);
      if (absent && from < 0) from = i;
      else if (!absent && from >= 0) {
        const left = Math.max(bbox.left, plot.valToPos(data.start + from * data.period, 'x', true));
        const right = Math.min(bbox.left + bbox.width, plot.valToPos(data.start + i * data.period, 'x', true));
        if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
        from = -1;
      }
    }
    ctx.restore();
  };

  const marks = plot => {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
    const line = (at, label, stroke, row) => {
      const x = plot.valToPos(at, 'x', true);
      if (x < bbox.left || x > bbox.left + bbox.width) return;
      ctx.strokeStyle = ctx.fillStyle = stroke;
      ctx.setLineDash([3 * devicePixelRatio, 2 * devicePixelRatio]);
      ctx.beginPath(); ctx.moveTo(x, bbox.top); ctx.lineTo(x, bbox.top + bbox.height); ctx.stroke();
      ctx.textAlign = row < 0 ? 'right' : 'left';
      ctx.fillText(label, x + (row < 0 ? -4 : 4) * devicePixelRatio, row < 0 ? bbox.top + bbox.height - 4 * devicePixelRatio : bbox.top + (11 + row * 11) * devicePixelRatio);
    };
    data.marks.forEach((mark, i) => line(mark.at, String(i + 1), colour('--soft'), i % 3));
    line(data.decided, 'decided', colour('--bad'), -1);
    ctx.restore();
  };

  const draw = () => {
    plots.forEach(plot => plot.destroy());
    plots = figures.map(figure => {
      const keys = figure.dataset.curves.split(' ').filter(key => data.series[key].length);
      const count = data.series[keys[0]].length;
      const times = Array.from({ length: count }, (_, i) => data.start + i * data.period);
      const say = amounts[figure.dataset.unit];
      const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 } };
      figure.querySelector('svg')?.setAttribute('hidden', '');
      const plot = new uPlot({
        width: Math.max(240, figure.clientWidth), height: 180, tzDate: at => uPlot.tzDate(new Date(at * 1e3), 'UTC'),
        cursor: { sync: { key: 'case' }, drag: { x: true, y: false } },
        scales: { y: { range: (_, low, high) => figure.dataset.unit === '%' ? [0, 100] : [0, Math.max(1, high ?? 1) * 1.05] } },
        axes: [{ ...axis, values: (_, at) => at.map(one => new Date(one * 1e3).toISOString().slice(11, 16)) }, { ...axis, size: 78, values: (_, values) => values.map(say) }],
        series: [{ value: (_, at) => at === null ? '' : new Date(at * 1e3).toISOString().slice(5, 16).replace('T', ' ') },
          ...keys.map((key, i) => ({ label: names[key], stroke: colour(i ? '--curve-2' : '--curve'), width: 1.5, spanGaps: false, points: { size: 4 }, value: (_, v) => v === null ? '–' : say(v) }))],
        hooks: { drawClear: [ground(figure, keys)], draw: [marks] },
      }, [times, ...keys.map(key => data.series[key])], figure);
      return plot;
    });
  };

  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  addEventListener('resize', () => plots.forEach((plot, i) => plot.setSize({ width: Math.max(240, figures[i].clientWidth), height: 180 })));
  addEventListener('beforeprint', draw);
})();
