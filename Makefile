.DEFAULT_GOAL := help
.PHONY: help setup setup-test demo test check clean torture playback-hour walk-keys walk-pictures bench-playback bench-phones bench-flood bench-bulletin bench-agent bench-sync bench-search bench-keys

PYTHON := .venv/bin/python
# What is compared with the screen to a few frames: beside other tests the machine would be measured.
ALONE := tests/playback_hour

help: ## 列出这些目标 · list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

setup: ## 装好所缺的一切，可重复运行 · install what is missing, safe to run again
	@packaging/bootstrap.sh

setup-test:
	@packaging/bootstrap.sh test

demo: setup ## 平台、站点和电视一起跑一遍 · the whole path: platform, box and television
	@$(PYTHON) -m demo

test: setup-test ## 全部测试，可加 ARGS=… · all tests, ARGS=… goes to pytest
	@$(PYTHON) -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder $(or $(ARGS),--ignore=$(ALONE))
	@$(if $(ARGS),true,$(PYTHON) -m pytest $(ALONE))

check: setup ## 格式、类型和分层 · lint, types and layers
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy
	@$(PYTHON) -m pytest tests/test_layers.py

torture: setup-test ## 断电、杀进程、坏网络、错时钟和满磁盘，约二十分钟 · power cuts, kills, bad lines and clocks
	@$(PYTHON) -m tests.torture $(ARGS)

playback-hour: setup-test ## 真实播放一小时，记录与画面对账 · an hour on the real television, record against screen
	@$(PYTHON) -m tests.playback_hour $(ARGS)

walk-keys: setup-test ## 随便按两万个键，看焦点总在、总能返回 · 20,000 random keys over all screens
	@$(PYTHON) -m tests.random_walk $(ARGS)

walk-pictures: setup-test ## 走遍每一屏，每步一张图，在 build/walk · every screen as a picture
	@$(PYTHON) -m tests.recorded_walk $(ARGS)

bench-playback: ## 播放用多少处理器，与 mpv、Kodi 等同场比，约四十分钟 · playback beside libVLC, mpv, Kodi, Kivy
	@packaging/bootstrap.sh bench
	@$(PYTHON) -m bench.playback $(ARGS)

bench-phones: ## 一边放 1080p，一边六十部手机签到，看丢不丢帧，约六分钟 · sixty phones check in while 1080p plays
	@packaging/bootstrap.sh bench
	@$(PYTHON) -m bench.phones $(ARGS)

bench-flood: setup ## 一部手机每秒发一万次请求，别的手机还能不能签到，不到一分钟 · one phone floods, five others come in
	@$(PYTHON) -m bench.flood

bench-bulletin: setup ## 8,435 个站点一个月的通报要多久，约两分钟 · a month's bulletin of 8,435 stations
	@$(PYTHON) -m bench.bulletin

bench-keys: ## 按键后多久见到画面，与 Kodi 同场比，约半小时 · keys beside Kodi with 21,400 courses
	@packaging/bootstrap.sh bench
	@$(PYTHON) -m bench.keys $(ARGS)

bench-agent: setup ## 本机服务记一笔要多久，与裸 SQLite 同场比 · the agent's store beside plain SQLite
	@$(PYTHON) -m bench.agent

bench-sync: setup ## 上传一万条记录，与 Kolibri 同场比 · 10,000 records to the city beside Kolibri
	@$(PYTHON) -m bench.sync

bench-search: setup ## 边打字边搜索要多久，与 SQLite LIKE 同场比 · search while typing beside a plain LIKE
	@$(PYTHON) -m bench.search

clean: ## 删去生成的一切，留下 .venv · remove what was made, keep .venv
	rm -rf build dist .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
