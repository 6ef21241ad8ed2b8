-- A session in Neovim: nvim --headless --clean -l test/hosts/session.lua BIN FOLDER
-- Each step prints what an editor would show; the files are as they were saved.
local node, bin, folder = arg[1], arg[2], arg[3]

local function wait(what, is_so)
  if not vim.wait(20000, is_so, 20) then
    error("waited in vain for " .. what)
  end
end

vim.lsp.config("inventory2nix", {
  cmd = { node, bin, "lsp" },
  filetypes = { "yaml", "json" },
  root_markers = { "flake.nix" },
})
vim.lsp.enable("inventory2nix")
vim.cmd("filetype on")

local function open(name)
  vim.cmd.edit(folder .. "/" .. name)
  wait("the server", function()
    return #vim.lsp.get_clients({ bufnr = 0 }) > 0
  end)
end

local function find(text)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search("\\V" .. text, "cW") > 0, text)
end

local function found()
  local lines = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    table.insert(lines, (diagnostic.lnum + 1) .. ": " .. diagnostic.message)
  end
  return lines
end

open("inventory/services.yaml")
wait("a diagnostic", function()
  return #found() > 0
end)
print("wrong: " .. table.concat(found(), "; "))

find("desctop")
vim.lsp.buf.code_action({
  apply = true,
  filter = function(action)
    return action.kind == "quickfix"
  end,
})
wait("the fix", function()
  return vim.fn.search("desctop", "nw") == 0 and #found() == 0
end)
print("fixed: " .. vim.fn.getline(vim.fn.search("tags:", "nw")))

vim.cmd.wall()
vim.cmd.quitall()
