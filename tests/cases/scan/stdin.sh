# Standard input, and what is staged: the blob counts, not the working file.
printf 'TOP SECRET//SI//NOFORN\n' | review scan --stdin --name mail.txt; echo "(exit status $?)"
printf '' | review scan --stdin; echo "(exit status $?)"
git init -q r && cd r
printf '绝密★启用前\n' >exam.md && git add exam.md && printf 'nothing\n' >exam.md
review scan --staged; echo "(exit status $?)"
review scan exam.md; echo "(exit status $?)"
LC_ALL=zh_CN.UTF-8 review scan --staged
review scan; echo "(exit status $?)"
review scan --stagd; echo "(exit status $?)"
