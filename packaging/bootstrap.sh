#!/usr/bin/env bash
# Makes a fresh Debian 12 ready for 站学: packages, virtual environment, dependencies, the project, fonts.
#
# usage: packaging/bootstrap.sh [test|bench]      test: also what only the tests need; bench: the benchmarks' peers
#
# Safe to run again; when nothing is missing it takes a moment and does not touch the network.
# ZHANXUE_SKIP_PACKAGES=1 leaves the system's packages to you.

set -euo pipefail
cd "$(dirname "$0")/.."

readonly ROOT=$PWD
readonly LOGS=build/log
readonly VENV=.venv
readonly STAMP=$VENV/zhanxue-stamp
readonly FONTS=build/fonts
readonly PACKAGE_LISTS=(packaging/debian-packages.txt ${1:+"packaging/debian-packages-$1.txt"})
readonly STEPS=6
readonly TAIL_LINES=12

step_number=0
step_name=
step_began=0

# ---- what a person sees ------------------------------------------------------------------------------------

begin() {
    step_number=$((step_number + 1))
    step_name=$1
    step_began=${EPOCHREALTIME/[.,]/}
}

took() {
    local tenths=$(((${EPOCHREALTIME/[.,]/} - step_began) / 100000))
    printf '%d.%d 秒' $((tenths / 10)) $((tenths % 10))
}

show() { printf '[%d/%d] %s：%s\n' "$step_number" "$STEPS" "$step_name" "$1"; }

finish() { show "$1（$(took)）"; }

# What happened, what it means and what to do; then the end of the log, if there is one.
give_up() {
    local log=${2:-}
    printf '\n[%d/%d] %s 没有完成。%s\n' "$step_number" "$STEPS" "$step_name" "$1" >&2
    if [ -n "$log" ] && [ -s "$log" ]; then
        printf '记录在 %s，最后几行是：\n' "$log" >&2
        tail -n "$TAIL_LINES" "$log" | sed 's/^/    /' >&2
    fi
    exit 1
}

worker=

# A background job does not hear Ctrl-C by itself.
stop_worker() {
    [ -z "$worker" ] || kill "$worker" 2>/dev/null || true
    printf '\n停下了。再运行一次 make setup 会接着做。\n' >&2
    exit 130
}

# Runs a long command with its output in a log; on a terminal the seconds go by on one line.
run_logged() {
    local log=$1 words=$2 status=0
    shift 2
    show "$words"
    printf '$ %s\n' "$*" >>"$log"
    "$@" >>"$log" 2>&1 </dev/null &
    worker=$!
    if [ -t 1 ]; then
        while kill -0 "$worker" 2>/dev/null; do
            printf '\r\033[K      已用 %s  %s' "$(took)" "$(tail -n 1 "$log" | tr -d '\r' | cut -c 1-60)"
            sleep 0.5
        done
        printf '\r\033[K'
    fi
    wait "$worker" || status=$?
    worker=
    return "$status"
}

new_log() {
    mkdir -p "$LOGS"
    : >"$LOGS/$1"
    printf '%s' "$LOGS/$1"
}

# ---- 1 system packages -------------------------------------------------------------------------------------

listed_packages() { grep -hv '^[[:space:]]*\(#\|$\)' "${PACKAGE_LISTS[@]}"; }

missing_packages() {
    local installed
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' | sed -n 's/ installed$//p' | sort -u)
    listed_packages | sort -u | comm -23 - <(printf '%s\n' "$installed")
}

# Another Python than Debian's brings its own ensurepip, or none that a Debian package could give it.
needs_no_venv_package() { python_is_found && "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=120 "$@"
}

install_packages() {
    begin 系统软件包
    if [ "${ZHANXUE_SKIP_PACKAGES:-}" = 1 ]; then
        finish 按要求跳过
        return
    fi
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        give_up "这台机器不是 Debian 一类的系统，不能自动装软件包。请用系统自己的办法装好与这些软件包相当的软件：$(listed_packages | xargs)，再运行 ZHANXUE_SKIP_PACKAGES=1 make setup。"
    fi
    local missing
    missing=$(missing_packages)
    if needs_no_venv_package; then
        missing=$(sed '/^python3-venv$/d' <<<"$missing")
    fi
    if [ -z "$missing" ]; then
        finish 已齐
        return
    fi
    get_packages "$missing"
}

get_packages() {
    local missing=$1 log
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || give_up "还缺这些软件包：$(xargs <<<"$1")。现在不是 root，也没有 sudo，装不了。请用 root 运行 make setup。"
        as_root true || give_up "还缺这些软件包：$(xargs <<<"$1")。sudo 没有放行，装不了。请用 root 运行 make setup。"
    fi
    log=$(new_log packages.log)
    # A source that does not answer may not be the one that is needed: what counts is the installation.
    run_logged "$log" 更新软件包目录 apt update || true
    # shellcheck disable=SC2086  # one package a word
    run_logged "$log" "安装 $(wc -w <<<"$missing") 个：$(xargs <<<"$missing")" apt install --no-install-recommends $missing \
        || give_up "软件包没有装上，可能是没有网络、磁盘满了，或别的程序正在装软件。请看下面的原因，处理后再运行一次 make setup。" "$log"
    finish 装好了
}

# ---- 2 Python ----------------------------------------------------------------------------------------------

PYTHON=

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python_is_found() {
    local candidate
    for candidate in python3 python3.11 python3.12 python3.13 /usr/bin/python3; do
        if is_new_enough "$candidate"; then
            PYTHON=$candidate
            return 0
        fi
    done
    return 1
}

find_python() {
    begin Python
    python_is_found || give_up "找不到 3.11 或更新的 Python，站学运行不了。请装好 Debian 12 的软件包 python3 后再运行一次 make setup。"
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null \
        || give_up "$(command -v "$PYTHON") 不带 venv 和 ensurepip，建不了虚拟环境。请给它补上这两个模块（Debian 上是软件包 python3-venv），或让 PATH 里先出现 /usr/bin/python3。"
    finish "$("$PYTHON" -c 'import platform; print(platform.python_version())')"
}

# ---- 3, 4, 5 virtual environment ---------------------------------------------------------------------------

# Scripts of a virtual environment name its folder, so a moved one is made anew.
wanted_stamp() { sha256sum requirements.lock pyproject.toml && printf '%s\n' "$ROOT"; }

venv_is_current() {
    [ -f "$STAMP" ] && [ "$(wanted_stamp)" = "$(cat "$STAMP")" ] && "$VENV/bin/python" -c '' 2>/dev/null
}

make_venv() {
    begin 虚拟环境
    if "$VENV/bin/python" -m pip --version >/dev/null 2>&1 && grep -qsF "$ROOT/$VENV" "$VENV/bin/activate"; then
        finish "已有 $VENV"
        return
    fi
    local log
    log=$(new_log venv.log)
    run_logged "$log" "建立 $VENV" "$PYTHON" -m venv --clear "$VENV" \
        || give_up "虚拟环境建不起来，可能是磁盘满了。请看下面的原因，处理后再运行一次 make setup。" "$log"
    finish 建好了
}

why_no_dependencies() {
    if grep -q 'DO NOT MATCH THE HASHES' "$1"; then
        printf '下载到的文件与 requirements.lock 里锁定的不同，可能被人换过，没有安装。请换一个软件源再运行一次 make setup。'
    elif grep -q 'No space left on device' "$1"; then
        printf '磁盘满了，依赖没有装齐。请腾出至少 1 GB 空间，再运行一次 make setup。'
    else
        printf '依赖没有装齐，多半是没有网络或软件源不通。请接通网络后再运行一次 make setup。'
    fi
}

install_dependencies() {
    begin "Python 依赖"
    local log
    log=$(new_log dependencies.log)
    run_logged "$log" "按 requirements.lock 安装并核对校验值" \
        "$VENV/bin/python" -m pip install --disable-pip-version-check --require-hashes -r requirements.lock \
        || give_up "$(why_no_dependencies "$log")" "$log"
    finish 装好了
}

install_project() {
    begin 站学本身
    local log
    log=$(new_log project.log)
    run_logged "$log" "安装命令 zhanxue-tv、zhanxue-agent、zhanxue-municipal" \
        "$VENV/bin/python" -m pip install --disable-pip-version-check --no-index --no-deps --no-build-isolation -e . \
        || give_up "站学本身没有装上，代码可能不全。请重新取一份代码后再运行一次 make setup。" "$log"
    wanted_stamp >"$STAMP"
    finish 装好了
}

# ---- 6 fonts -----------------------------------------------------------------------------------------------

extract_fonts() {
    begin 中文字体
    if [ -f "$FONTS/NotoSansSC-Regular.otf" ] && [ -f "$FONTS/NotoSansSC-Bold.otf" ]; then
        finish 已有
        return
    fi
    local log
    log=$(new_log fonts.log)
    run_logged "$log" "取出大陆字形" "$VENV/bin/python" packaging/extract_font.py "$FONTS" \
        || give_up "屏幕上的汉字要用它。" "$log"
    finish 取好了
}

# ------------------------------------------------------------------------------------------------------------

main() {
    mkdir -p "$LOGS"
    # Two at once would undo each other's work.
    exec 9>"$LOGS/.setup-lock"
    ! command -v flock >/dev/null || flock 9
    trap stop_worker INT TERM
    install_packages
    find_python
    make_venv_current
    extract_fonts
}

make_venv_current() {
    if venv_is_current; then
        local name
        for name in 虚拟环境 "Python 依赖" 站学本身; do
            begin "$name"
            finish 已是最新
        done
        return
    fi
    make_venv
    install_dependencies
    install_project
}

main
