-- A session in Neovim: nvim --headless --clean -l session.lua NODE BIN FOLDER
-- Each step prints what the editor shows; what was edited is saved at the end.
local node, bin, folder = arg[1], arg[2], arg[3]

vim.lsp.config("inventory2nix", {
  cmd = { node, bin, "lsp" },
  filetypes = { "yaml", "json" },
  root_markers = { "flake.nix" },
})
vim.lsp.enable("inventory2nix")
vim.cmd("filetype on")

local function wait(what, is_so)
  if not vim.wait(20000, is_so, 20) then
    error("waited in vain for " .. what)
  end
end

local function open(name)
  vim.cmd.edit(folder .. "/" .. name)
  wait("the server", function()
    return #vim.lsp.get_clients({ bufnr = 0 }) > 0
  end)
end

-- Puts the cursor on the first place of a text.
local function go(text)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search("\\V" .. text, "cW") > 0, text)
end

local function line(text)
  return vim.trim(vim.fn.getline(vim.fn.search("\\V" .. text, "nw")))
end

local function findings()
  return vim.tbl_map(function(finding)
    return (finding.lnum + 1) .. ": " .. finding.message
  end, vim.diagnostic.get(0))
end

local function ask(method, params)
  local client = vim.lsp.get_clients({ bufnr = 0 })[1]
  local answer = client:request_sync(method, params, 20000, vim.api.nvim_get_current_buf())
  assert(answer and not answer.err, vim.inspect(answer))
  return answer.result
end

-- Open: a warning is shown.
open("inventory/services.yaml")
wait("a finding", function()
  return #findings() > 0
end)
print("warning: " .. table.concat(findings(), "; "))

-- Apply its fix.
go("desctop")
vim.lsp.buf.code_action({
  apply = true,
  filter = function(action)
    return action.kind == "quickfix"
  end,
})
wait("the fix", function()
  return vim.fn.search("desctop", "nw") == 0 and #findings() == 0
end)
print("fixed: " .. line("desktop"))

-- Complete a setting, with its documentation.
vim.fn.append(vim.fn.search("settings:", "nw"), "          start")
go("start")
vim.fn.cursor(vim.fn.line("."), 16)
local here = vim.lsp.util.make_position_params(0, "utf-16")
here.position.character = 15
local offered = ask("textDocument/completion", here)
local item = vim.iter(offered.items):find(function(item)
  return item.label == "startAt"
end)
local documented = ask("completionItem/resolve", item)
print("documentation: " .. vim.split(documented.documentation.value, "\n")[1])
vim.lsp.util.apply_text_edits({ item.textEdit }, vim.api.nvim_get_current_buf(), "utf-16")
vim.fn.setline(vim.fn.line("."), vim.fn.getline(".") .. '"03:00"')
print("completed: " .. line("startAt"))

-- Jump to a definition in another file.
go("desktop")
vim.lsp.buf.definition()
wait("the jump", function()
  return vim.api.nvim_buf_get_name(0):find("machines.yaml") ~= nil
end)
print("definition: " .. vim.fn.expand("<cword>") .. " in line " .. vim.fn.line("."))

-- Rename the tag in both files.
vim.lsp.buf.rename("workstation")
wait("the new name", function()
  return vim.fn.search("workstation", "nw") > 0
end)
vim.cmd.wall()
vim.cmd.quitall()
