/** Signs in expressions, row by row: `operators/arithmetic` once more. */
import { bytesOf, column, number } from './operands';

export function addition(p: usize, at: usize, rows: i32): i32 {
  let a = column(p, 0, at);
  let b = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; a += 8, b += 8, out += 8) {
    store<f64>(out, load<f64>(a) + load<f64>(b));
  }
  return rows;
}

export function difference(p: usize, at: usize, rows: i32): i32 {
  let a = column(p, 0, at);
  let b = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; a += 8, b += 8, out += 8) {
    store<f64>(out, load<f64>(a) - load<f64>(b));
  }
  return rows;
}

export function product(p: usize, at: usize, rows: i32): i32 {
  let a = column(p, 0, at);
  let b = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; a += 8, b += 8, out += 8) {
    store<f64>(out, load<f64>(a) * load<f64>(b));
  }
  return rows;
}

export function quotient(p: usize, at: usize, rows: i32): i32 {
  let a = column(p, 0, at);
  let b = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; a += 8, b += 8, out += 8) {
    const ratio = load<f64>(a) / load<f64>(b);
    store<f64>(out, ratio - ratio == 0 ? ratio : NaN);
  }
  return rows;
}

export function constant(p: usize, at: usize, rows: i32): i32 {
  let out = column(p, 0, at);
  const value = number(p, 2, 0);
  for (const end = out + bytesOf(rows); out < end; out += 8) store<f64>(out, value);
  return rows;
}

export function size(p: usize, at: usize, rows: i32): i32 {
  let x = column(p, 0, at);
  let out = column(p, 1, at);
  for (const end = out + bytesOf(rows); out < end; x += 8, out += 8) store<f64>(out, abs(load<f64>(x)));
  return rows;
}

/** 1 or 0, or NaN where a or b is. */
function told(a: f64, b: f64, is: bool): f64 {
  return a != a || b != b ? NaN : <f64>(<i32>is);
}

export function greater(p: usize, at: usize, rows: i32): i32 {
  let a = column(p, 0, at);
  let b = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; a += 8, b += 8, out += 8) {
    const left = load<f64>(a);
    const right = load<f64>(b);
    store<f64>(out, told(left, right, left > right));
  }
  return rows;
}

export function less(p: usize, at: usize, rows: i32): i32 {
  let a = column(p, 0, at);
  let b = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; a += 8, b += 8, out += 8) {
    const left = load<f64>(a);
    const right = load<f64>(b);
    store<f64>(out, told(left, right, left < right));
  }
  return rows;
}

export function atLeast(p: usize, at: usize, rows: i32): i32 {
  let a = column(p, 0, at);
  let b = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; a += 8, b += 8, out += 8) {
    const left = load<f64>(a);
    const right = load<f64>(b);
    store<f64>(out, told(left, right, left >= right));
  }
  return rows;
}

export function atMost(p: usize, at: usize, rows: i32): i32 {
  let a = column(p, 0, at);
  let b = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; a += 8, b += 8, out += 8) {
    const left = load<f64>(a);
    const right = load<f64>(b);
    store<f64>(out, told(left, right, left <= right));
  }
  return rows;
}

export function equal(p: usize, at: usize, rows: i32): i32 {
  let a = column(p, 0, at);
  let b = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; a += 8, b += 8, out += 8) {
    const left = load<f64>(a);
    const right = load<f64>(b);
    store<f64>(out, told(left, right, left == right));
  }
  return rows;
}

export function both(p: usize, at: usize, rows: i32): i32 {
  let a = column(p, 0, at);
  let b = column(p, 1, at);
  let out = column(p, 2, at);
  for (const end = out + bytesOf(rows); out < end; a += 8, b += 8, out += 8) {
    const left = load<f64>(a);
    const right = load<f64>(b);
    store<f64>(out, told(left, right, left != 0 && right != 0));
  }
  return rows;
}

export function choice(p: usize, at: usize, rows: i32): i32 {
  let condition = column(p, 0, at);
  let a = column(p, 1, at);
  let b = column(p, 2, at);
  let out = column(p, 3, at);
  for (const end = out + bytesOf(rows); out < end; condition += 8, a += 8, b += 8, out += 8) {
    const is = load<f64>(condition);
    store<f64>(out, is != is ? NaN : is != 0 ? load<f64>(a) : load<f64>(b));
  }
  return rows;
}
