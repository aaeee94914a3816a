/**
 * Elementary functions whose bits do not depend on the processor, the compiler or the version of Node. Those of `Math` do:
 * the standard leaves them open, and where a build contracts a * b + c into one rounding, as on arm64, their last bit
 * differs from x64. These use nothing but IEEE 754 addition, multiplication, division and square root, in a fixed order.
 *
 * Source: the algorithms and coefficients of fdlibm, as of e_log.c, e_exp.c, s_log1p.c, s_expm1.c, k_sin.c, k_cos.c,
 * k_tan.c, e_rem_pio2.c, s_atan.c, e_asin.c, e_acos.c, e_sinh.c, e_cosh.c, s_tanh.c, s_erf.c:
 *
 *     Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 *     Developed at SunSoft, a Sun Microsystems, Inc. business.
 *     Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 *     preserved.
 */
export { acos, asin, atan } from './arc.ts';
export { erf, erfc } from './erf.ts';
export { exp, expm1 } from './exp.ts';
export { cosh, sinh, tanh } from './hyperbolic.ts';
export { log, log10, log1p } from './log.ts';
export { cos, sin, tan } from './trigonometric.ts';
