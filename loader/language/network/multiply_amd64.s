#include "textflag.h"

// Each kernel adds the product of some rows of A and K rows of B, with
// strides in bytes; A may be read across (stepA is from column to column), to a block of C. An element of C is summed
// over K in order with one rounding a step, whatever the block, so that all
// kernels give the same bits.

#define LOAD512(row, lo, hi) \
	VMOVUPS (row), lo \
	VMOVUPS 64(row), hi

#define STORE512(row, lo, hi) \
	VMOVUPS lo, (row) \
	VMOVUPS hi, 64(row)

#define STEP512(address, lo, hi) \
	VBROADCASTSS address, Z26 \
	VFMADD231PS Z24, Z26, lo \
	VFMADD231PS Z25, Z26, hi

// func rows12x32(c, a, b *float32, k, strideC, strideA, stepA, strideB int)
TEXT ·rows12x32(SB), NOSPLIT, $0-64
	MOVQ c+0(FP), DI
	MOVQ a+8(FP), AX
	MOVQ b+16(FP), SI
	MOVQ k+24(FP), DX
	MOVQ strideC+32(FP), R8
	MOVQ strideA+40(FP), CX
	MOVQ stepA+48(FP), R15
	MOVQ strideB+56(FP), R9
	LEAQ (CX)(CX*2), R10
	LEAQ (AX)(R10*1), BX    // row 3
	LEAQ (BX)(R10*1), R11   // row 6
	LEAQ (R11)(R10*1), R12  // row 9
	MOVQ DI, R13
	LOAD512(R13, Z0, Z1)
	ADDQ R8, R13
	LOAD512(R13, Z2, Z3)
	ADDQ R8, R13
	LOAD512(R13, Z4, Z5)
	ADDQ R8, R13
	LOAD512(R13, Z6, Z7)
	ADDQ R8, R13
	LOAD512(R13, Z8, Z9)
	ADDQ R8, R13
	LOAD512(R13, Z10, Z11)
	ADDQ R8, R13
	LOAD512(R13, Z12, Z13)
	ADDQ R8, R13
	LOAD512(R13, Z14, Z15)
	ADDQ R8, R13
	LOAD512(R13, Z16, Z17)
	ADDQ R8, R13
	LOAD512(R13, Z18, Z19)
	ADDQ R8, R13
	LOAD512(R13, Z20, Z21)
	ADDQ R8, R13
	LOAD512(R13, Z22, Z23)

loop:
	VMOVUPS (SI), Z24
	VMOVUPS 64(SI), Z25
	ADDQ R9, SI
	STEP512((AX), Z0, Z1)
	STEP512((AX)(CX*1), Z2, Z3)
	STEP512((AX)(CX*2), Z4, Z5)
	STEP512((BX), Z6, Z7)
	STEP512((BX)(CX*1), Z8, Z9)
	STEP512((BX)(CX*2), Z10, Z11)
	STEP512((R11), Z12, Z13)
	STEP512((R11)(CX*1), Z14, Z15)
	STEP512((R11)(CX*2), Z16, Z17)
	STEP512((R12), Z18, Z19)
	STEP512((R12)(CX*1), Z20, Z21)
	STEP512((R12)(CX*2), Z22, Z23)
	ADDQ R15, AX
	ADDQ R15, BX
	ADDQ R15, R11
	ADDQ R15, R12
	DECQ DX
	JNZ  loop

	STORE512(DI, Z0, Z1)
	ADDQ R8, DI
	STORE512(DI, Z2, Z3)
	ADDQ R8, DI
	STORE512(DI, Z4, Z5)
	ADDQ R8, DI
	STORE512(DI, Z6, Z7)
	ADDQ R8, DI
	STORE512(DI, Z8, Z9)
	ADDQ R8, DI
	STORE512(DI, Z10, Z11)
	ADDQ R8, DI
	STORE512(DI, Z12, Z13)
	ADDQ R8, DI
	STORE512(DI, Z14, Z15)
	ADDQ R8, DI
	STORE512(DI, Z16, Z17)
	ADDQ R8, DI
	STORE512(DI, Z18, Z19)
	ADDQ R8, DI
	STORE512(DI, Z20, Z21)
	ADDQ R8, DI
	STORE512(DI, Z22, Z23)
	VZEROUPPER
	RET

// func rows4x32(c, a, b *float32, k, strideC, strideA, stepA, strideB int)
TEXT ·rows4x32(SB), NOSPLIT, $0-64
	MOVQ c+0(FP), DI
	MOVQ a+8(FP), AX
	MOVQ b+16(FP), SI
	MOVQ k+24(FP), DX
	MOVQ strideC+32(FP), R8
	MOVQ strideA+40(FP), CX
	MOVQ stepA+48(FP), R15
	MOVQ strideB+56(FP), R9
	LEAQ (CX)(CX*2), R10
	LEAQ (R8)(R8*2), R11
	LOAD512(DI, Z0, Z1)
	VMOVUPS (DI)(R8*1), Z2
	VMOVUPS 64(DI)(R8*1), Z3
	VMOVUPS (DI)(R8*2), Z4
	VMOVUPS 64(DI)(R8*2), Z5
	VMOVUPS (DI)(R11*1), Z6
	VMOVUPS 64(DI)(R11*1), Z7

loop:
	VMOVUPS (SI), Z24
	VMOVUPS 64(SI), Z25
	ADDQ R9, SI
	STEP512((AX), Z0, Z1)
	STEP512((AX)(CX*1), Z2, Z3)
	STEP512((AX)(CX*2), Z4, Z5)
	STEP512((AX)(R10*1), Z6, Z7)
	ADDQ R15, AX
	DECQ DX
	JNZ  loop

	STORE512(DI, Z0, Z1)
	VMOVUPS Z2, (DI)(R8*1)
	VMOVUPS Z3, 64(DI)(R8*1)
	VMOVUPS Z4, (DI)(R8*2)
	VMOVUPS Z5, 64(DI)(R8*2)
	VMOVUPS Z6, (DI)(R11*1)
	VMOVUPS Z7, 64(DI)(R11*1)
	VZEROUPPER
	RET

#define STEP256(address, lo, hi) \
	VBROADCASTSS address, Y14 \
	VFMADD231PS Y12, Y14, lo \
	VFMADD231PS Y13, Y14, hi

// func rows4x16(c, a, b *float32, k, strideC, strideA, stepA, strideB int)
TEXT ·rows4x16(SB), NOSPLIT, $0-64
	MOVQ c+0(FP), DI
	MOVQ a+8(FP), AX
	MOVQ b+16(FP), SI
	MOVQ k+24(FP), DX
	MOVQ strideC+32(FP), R8
	MOVQ strideA+40(FP), CX
	MOVQ stepA+48(FP), R15
	MOVQ strideB+56(FP), R9
	LEAQ (CX)(CX*2), R10
	LEAQ (R8)(R8*2), R11
	VMOVUPS (DI), Y0
	VMOVUPS 32(DI), Y1
	VMOVUPS (DI)(R8*1), Y2
	VMOVUPS 32(DI)(R8*1), Y3
	VMOVUPS (DI)(R8*2), Y4
	VMOVUPS 32(DI)(R8*2), Y5
	VMOVUPS (DI)(R11*1), Y6
	VMOVUPS 32(DI)(R11*1), Y7

loop:
	VMOVUPS (SI), Y12
	VMOVUPS 32(SI), Y13
	ADDQ R9, SI
	STEP256((AX), Y0, Y1)
	STEP256((AX)(CX*1), Y2, Y3)
	STEP256((AX)(CX*2), Y4, Y5)
	STEP256((AX)(R10*1), Y6, Y7)
	ADDQ R15, AX
	DECQ DX
	JNZ  loop

	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	VMOVUPS Y2, (DI)(R8*1)
	VMOVUPS Y3, 32(DI)(R8*1)
	VMOVUPS Y4, (DI)(R8*2)
	VMOVUPS Y5, 32(DI)(R8*2)
	VMOVUPS Y6, (DI)(R11*1)
	VMOVUPS Y7, 32(DI)(R11*1)
	VZEROUPPER
	RET
