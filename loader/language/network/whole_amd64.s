#include "textflag.h"

// Each kernel multiplies some rows of whole numbers by a panel, scales the sums, and adds them to a block of C, or puts them there
// if fresh is not 0. A step takes four bytes of each row and of each column: four numbers of a byte (VNNI), or two of two bytes.
// a has its rows every strideA bytes, c every strideC.

#define BYTES(address, lo, hi) \
	VPBROADCASTD address, Z26 \
	VPDPBUSD Z24, Z26, lo \
	VPDPBUSD Z25, Z26, hi

#define WORDS(address, lo, hi) \
	VPBROADCASTD address, Z26 \
	VPMADDWD Z24, Z26, Z27 \
	VPMADDWD Z25, Z26, Z28 \
	VPADDD Z27, lo, lo \
	VPADDD Z28, hi, hi

// SCALE ends a row: its sums as fractions, times the row's and the columns' scale.
#define SCALE(lo, hi) \
	VBROADCASTSS (R10), Z26 \
	ADDQ $4, R10 \
	VCVTDQ2PS lo, lo \
	VCVTDQ2PS hi, hi \
	VMULPS Z26, lo, lo \
	VMULPS Z26, hi, hi \
	VMULPS Z24, lo, lo \
	VMULPS Z25, hi, hi

#define PUT(lo, hi) \
	SCALE(lo, hi) \
	VMOVUPS lo, (DI) \
	VMOVUPS hi, 64(DI) \
	ADDQ R8, DI

#define ADDTO(lo, hi) \
	SCALE(lo, hi) \
	VADDPS (DI), lo, lo \
	VADDPS 64(DI), hi, hi \
	VMOVUPS lo, (DI) \
	VMOVUPS hi, 64(DI) \
	ADDQ R8, DI

// TWELVE multiplies twelve rows, of which AX, BX, R11 and R12 hold the first, the fourth, the seventh and the tenth.
#define TWELVE(STEP) \
	MOVQ c+0(FP), DI \
	MOVQ a+8(FP), AX \
	MOVQ b+16(FP), SI \
	MOVQ start+24(FP), R9 \
	MOVQ scaleA+32(FP), R10 \
	MOVQ scaleB+40(FP), R13 \
	MOVQ steps+48(FP), DX \
	MOVQ strideC+56(FP), R8 \
	MOVQ strideA+64(FP), CX \
	LEAQ (CX)(CX*2), R15 \
	LEAQ (AX)(R15*1), BX \
	LEAQ (BX)(R15*1), R11 \
	LEAQ (R11)(R15*1), R12 \
	VMOVDQU32 (R9), Z0 \
	VMOVDQU32 64(R9), Z1 \
	VMOVDQA32 Z0, Z2 \
	VMOVDQA32 Z1, Z3 \
	VMOVDQA32 Z0, Z4 \
	VMOVDQA32 Z1, Z5 \
	VMOVDQA32 Z0, Z6 \
	VMOVDQA32 Z1, Z7 \
	VMOVDQA32 Z0, Z8 \
	VMOVDQA32 Z1, Z9 \
	VMOVDQA32 Z0, Z10 \
	VMOVDQA32 Z1, Z11 \
	VMOVDQA32 Z0, Z12 \
	VMOVDQA32 Z1, Z13 \
	VMOVDQA32 Z0, Z14 \
	VMOVDQA32 Z1, Z15 \
	VMOVDQA32 Z0, Z16 \
	VMOVDQA32 Z1, Z17 \
	VMOVDQA32 Z0, Z18 \
	VMOVDQA32 Z1, Z19 \
	VMOVDQA32 Z0, Z20 \
	VMOVDQA32 Z1, Z21 \
	VMOVDQA32 Z0, Z22 \
	VMOVDQA32 Z1, Z23 \
loop: \
	VMOVDQU32 (SI), Z24 \
	VMOVDQU32 64(SI), Z25 \
	ADDQ $128, SI \
	STEP((AX), Z0, Z1) \
	STEP((AX)(CX*1), Z2, Z3) \
	STEP((AX)(CX*2), Z4, Z5) \
	STEP((BX), Z6, Z7) \
	STEP((BX)(CX*1), Z8, Z9) \
	STEP((BX)(CX*2), Z10, Z11) \
	STEP((R11), Z12, Z13) \
	STEP((R11)(CX*1), Z14, Z15) \
	STEP((R11)(CX*2), Z16, Z17) \
	STEP((R12), Z18, Z19) \
	STEP((R12)(CX*1), Z20, Z21) \
	STEP((R12)(CX*2), Z22, Z23) \
	ADDQ $4, AX \
	ADDQ $4, BX \
	ADDQ $4, R11 \
	ADDQ $4, R12 \
	DECQ DX \
	JNZ  loop \
	VMOVUPS (R13), Z24 \
	VMOVUPS 64(R13), Z25 \
	MOVQ fresh+72(FP), R13 \
	TESTQ R13, R13 \
	JNZ  put \
	ADDTO(Z0, Z1) \
	ADDTO(Z2, Z3) \
	ADDTO(Z4, Z5) \
	ADDTO(Z6, Z7) \
	ADDTO(Z8, Z9) \
	ADDTO(Z10, Z11) \
	ADDTO(Z12, Z13) \
	ADDTO(Z14, Z15) \
	ADDTO(Z16, Z17) \
	ADDTO(Z18, Z19) \
	ADDTO(Z20, Z21) \
	ADDTO(Z22, Z23) \
	VZEROUPPER \
	RET \
put: \
	PUT(Z0, Z1) \
	PUT(Z2, Z3) \
	PUT(Z4, Z5) \
	PUT(Z6, Z7) \
	PUT(Z8, Z9) \
	PUT(Z10, Z11) \
	PUT(Z12, Z13) \
	PUT(Z14, Z15) \
	PUT(Z16, Z17) \
	PUT(Z18, Z19) \
	PUT(Z20, Z21) \
	PUT(Z22, Z23) \
	VZEROUPPER \
	RET

// FOUR multiplies four rows.
#define FOUR(STEP) \
	MOVQ c+0(FP), DI \
	MOVQ a+8(FP), AX \
	MOVQ b+16(FP), SI \
	MOVQ start+24(FP), R9 \
	MOVQ scaleA+32(FP), R10 \
	MOVQ scaleB+40(FP), R13 \
	MOVQ steps+48(FP), DX \
	MOVQ strideC+56(FP), R8 \
	MOVQ strideA+64(FP), CX \
	LEAQ (CX)(CX*2), R15 \
	VMOVDQU32 (R9), Z0 \
	VMOVDQU32 64(R9), Z1 \
	VMOVDQA32 Z0, Z2 \
	VMOVDQA32 Z1, Z3 \
	VMOVDQA32 Z0, Z4 \
	VMOVDQA32 Z1, Z5 \
	VMOVDQA32 Z0, Z6 \
	VMOVDQA32 Z1, Z7 \
loop: \
	VMOVDQU32 (SI), Z24 \
	VMOVDQU32 64(SI), Z25 \
	ADDQ $128, SI \
	STEP((AX), Z0, Z1) \
	STEP((AX)(CX*1), Z2, Z3) \
	STEP((AX)(CX*2), Z4, Z5) \
	STEP((AX)(R15*1), Z6, Z7) \
	ADDQ $4, AX \
	DECQ DX \
	JNZ  loop \
	VMOVUPS (R13), Z24 \
	VMOVUPS 64(R13), Z25 \
	MOVQ fresh+72(FP), R13 \
	TESTQ R13, R13 \
	JNZ  put \
	ADDTO(Z0, Z1) \
	ADDTO(Z2, Z3) \
	ADDTO(Z4, Z5) \
	ADDTO(Z6, Z7) \
	VZEROUPPER \
	RET \
put: \
	PUT(Z0, Z1) \
	PUT(Z2, Z3) \
	PUT(Z4, Z5) \
	PUT(Z6, Z7) \
	VZEROUPPER \
	RET

// func bytes12x32(c *float32, a, b *byte, start *int32, scaleA, scaleB *float32, steps, strideC, strideA, fresh int)
TEXT ·bytes12x32(SB), NOSPLIT, $0-80
	TWELVE(BYTES)

// func bytes4x32(c *float32, a, b *byte, start *int32, scaleA, scaleB *float32, steps, strideC, strideA, fresh int)
TEXT ·bytes4x32(SB), NOSPLIT, $0-80
	FOUR(BYTES)

// func words12x32(c *float32, a, b *byte, start *int32, scaleA, scaleB *float32, steps, strideC, strideA, fresh int)
TEXT ·words12x32(SB), NOSPLIT, $0-80
	TWELVE(WORDS)

// func words4x32(c *float32, a, b *byte, start *int32, scaleA, scaleB *float32, steps, strideC, strideA, fresh int)
TEXT ·words4x32(SB), NOSPLIT, $0-80
	FOUR(WORDS)

#define WORDS256(address, lo, hi) \
	VPBROADCASTD address, Y14 \
	VPMADDWD Y12, Y14, Y10 \
	VPMADDWD Y13, Y14, Y11 \
	VPADDD Y10, lo, lo \
	VPADDD Y11, hi, hi

#define SCALE256(lo, hi) \
	VBROADCASTSS (R10), Y14 \
	ADDQ $4, R10 \
	VCVTDQ2PS lo, lo \
	VCVTDQ2PS hi, hi \
	VMULPS Y14, lo, lo \
	VMULPS Y14, hi, hi \
	VMULPS Y12, lo, lo \
	VMULPS Y13, hi, hi

#define PUT256(lo, hi) \
	SCALE256(lo, hi) \
	VMOVUPS lo, (DI) \
	VMOVUPS hi, 32(DI) \
	ADDQ R8, DI

#define ADDTO256(lo, hi) \
	SCALE256(lo, hi) \
	VADDPS (DI), lo, lo \
	VADDPS 32(DI), hi, hi \
	VMOVUPS lo, (DI) \
	VMOVUPS hi, 32(DI) \
	ADDQ R8, DI

// func words4x16(c *float32, a, b *byte, scaleA, scaleB *float32, steps, strideC, strideA, fresh int)
TEXT ·words4x16(SB), NOSPLIT, $0-72
	MOVQ c+0(FP), DI
	MOVQ a+8(FP), AX
	MOVQ b+16(FP), SI
	MOVQ scaleA+24(FP), R10
	MOVQ scaleB+32(FP), R13
	MOVQ steps+40(FP), DX
	MOVQ strideC+48(FP), R8
	MOVQ strideA+56(FP), CX
	LEAQ (CX)(CX*2), R15
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7

loop:
	VMOVDQU (SI), Y12
	VMOVDQU 32(SI), Y13
	ADDQ $128, SI
	WORDS256((AX), Y0, Y1)
	WORDS256((AX)(CX*1), Y2, Y3)
	WORDS256((AX)(CX*2), Y4, Y5)
	WORDS256((AX)(R15*1), Y6, Y7)
	ADDQ $4, AX
	DECQ DX
	JNZ  loop

	VMOVUPS (R13), Y12
	VMOVUPS 32(R13), Y13
	MOVQ fresh+64(FP), R13
	TESTQ R13, R13
	JNZ  put
	ADDTO256(Y0, Y1)
	ADDTO256(Y2, Y3)
	ADDTO256(Y4, Y5)
	ADDTO256(Y6, Y7)
	VZEROUPPER
	RET

put:
	PUT256(Y0, Y1)
	PUT256(Y2, Y3)
	PUT256(Y4, Y5)
	PUT256(Y6, Y7)
	VZEROUPPER
	RET

DATA magnitude<>+0(SB)/4, $0x7fffffff
GLOBL magnitude<>(SB), RODATA|NOPTR, $4
DATA most<>+0(SB)/4, $0x42fe0000 // 127
GLOBL most<>(SB), RODATA|NOPTR, $4
DATA above<>+0(SB)/4, $128
GLOBL above<>(SB), RODATA|NOPTR, $4

// SCALES makes of the eight magnitudes in Y0 what a row is multiplied by, 127 / top, in X1, and what its numbers are times, top / 127, in
// X0; it goes to zero where all are.
#define SCALES \
	VEXTRACTF128 $1, Y0, X1 \
	VMAXPS X1, X0, X0 \
	VPSHUFD $0x4e, X0, X1 \
	VMAXPS X1, X0, X0 \
	VPSHUFD $0xb1, X0, X1 \
	VMAXPS X1, X0, X0 \
	VMOVSS most<>(SB), X4 \
	VXORPS X5, X5, X5 \
	VUCOMISS X5, X0 \
	JEQ zero \
	VDIVSS X0, X4, X1 \
	VDIVSS X4, X0, X0

// func roundBytes(out *byte, row *float32, n int) float32
TEXT ·roundBytes(SB), NOSPLIT, $0-28
	MOVQ out+0(FP), DI
	MOVQ row+8(FP), SI
	MOVQ n+16(FP), DX
	SHRQ $4, DX
	VPBROADCASTD magnitude<>(SB), Z2
	VPBROADCASTD above<>(SB), Z3
	VPXORD Z0, Z0, Z0
	MOVQ SI, AX
	MOVQ DX, CX

top:
	VPANDD (AX), Z2, Z1
	VMAXPS Z1, Z0, Z0
	ADDQ $64, AX
	DECQ CX
	JNZ  top

	VEXTRACTF32X8 $1, Z0, Y1
	VMAXPS Y1, Y0, Y0
	SCALES
	VBROADCASTSS X1, Z1

round:
	VMULPS (SI), Z1, Z5
	VCVTPS2DQ Z5, Z5 // to the nearest, half to even
	VPADDD Z3, Z5, Z5
	VPMOVDB Z5, (DI)
	ADDQ $64, SI
	ADDQ $16, DI
	DECQ DX
	JNZ  round
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

zero:
	VPMOVDB Z3, (DI)
	ADDQ $16, DI
	DECQ DX
	JNZ  zero
	VXORPS X0, X0, X0
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

// func roundWords(out *byte, row *float32, n int) float32
TEXT ·roundWords(SB), NOSPLIT, $0-28
	MOVQ out+0(FP), DI
	MOVQ row+8(FP), SI
	MOVQ n+16(FP), DX
	SHRQ $4, DX
	VBROADCASTSS magnitude<>(SB), Y2
	VXORPS Y0, Y0, Y0
	VXORPS Y3, Y3, Y3
	MOVQ SI, AX
	MOVQ DX, CX

top:
	VANDPS (AX), Y2, Y1
	VMAXPS Y1, Y0, Y0
	VANDPS 32(AX), Y2, Y1
	VMAXPS Y1, Y3, Y3
	ADDQ $64, AX
	DECQ CX
	JNZ  top

	VMAXPS Y3, Y0, Y0
	SCALES
	VBROADCASTSS X1, Y1

round:
	VMULPS (SI), Y1, Y5
	VMULPS 32(SI), Y1, Y6
	VCVTPS2DQ Y5, Y5 // to the nearest, half to even
	VCVTPS2DQ Y6, Y6
	VPACKSSDW Y6, Y5, Y5
	VPERMQ $0xd8, Y5, Y5 // the halves of both lie crosswise
	VMOVDQU Y5, (DI)
	ADDQ $64, SI
	ADDQ $32, DI
	DECQ DX
	JNZ  round
	VMOVSS X0, ret+24(FP)
	VZEROUPPER
	RET

zero:
	VMOVDQU Y5, (DI)
	ADDQ $32, DI
	DECQ DX
	JNZ  zero
	VMOVSS X5, ret+24(FP)
	VZEROUPPER
	RET
